/** The bar of a page: host choice, progress, and the run's buttons. */

import type { Me, PageModel } from './api.ts'
import { button, element } from './elements.ts'
import type { RunView } from './run-view.ts'
import { renderDuration } from '../../src/model/duration.ts'
import { runsLink } from './run-links.ts'
import type { RunWords } from './words.ts'

export interface RunBarActions {
  readonly run: () => void
  readonly plan: () => void
  readonly stop: () => void
  readonly resume: () => void
  readonly shell: () => void
}

export class RunBar {
  readonly element: HTMLElement
  readonly #state: HTMLElement
  readonly #notice: HTMLElement
  readonly #hosts = new Map<string, HTMLSelectElement>()
  readonly #stepwise: HTMLInputElement
  readonly #buttons: Readonly<Record<keyof RunBarActions, HTMLButtonElement>>
  readonly #words: RunWords
  readonly #model: PageModel
  #said = ''

  constructor(model: PageModel, me: Me, words: RunWords, actions: RunBarActions) {
    this.#words = words
    this.#model = model
    this.#state = element('span', { class: 'rb-bar-state', role: 'status' })
    this.#notice = element('div', { class: 'rb-bar-notice', role: 'alert' })
    this.#stepwise = element('input', { type: 'checkbox' })
    this.#buttons = {
      run: button(words.runPage, actions.run, { 'data-runbook-do': 'page' }),
      plan: button(words.plan, actions.plan, { 'data-runbook-do': 'plan' }),
      stop: button(words.stop, actions.stop, { 'data-runbook-do': 'stop' }),
      resume: button(words.resume, actions.resume, { 'data-runbook-do': 'resume' }),
      shell: button(words.answers.shell, actions.shell, { 'data-runbook-do': 'shells' }),
    }
    for (const { name, host } of model.roles) {
      const select = element('select', { 'aria-label': `${words.host} ${name}` })
      const names = new Set([host ?? me.host ?? 'local', ...me.hosts, 'local'])
      for (const each of names) select.append(element('option', { value: each }, each))
      this.#hosts.set(name, select)
    }
    const chosen = [...this.#hosts].map(([role, select]) =>
      element('label', {}, `${role} `, select),
    )
    const { run, plan, stop, resume, shell } = this.#buttons
    this.element = element(
      'aside',
      { class: 'rb-bar', 'aria-label': words.run },
      this.#notice,
      element(
        'div',
        { class: 'rb-bar-row' },
        ...chosen,
        element('label', {}, this.#stepwise, ` ${words.stepwise}`),
        run,
        plan,
        stop,
        resume,
        shell,
        this.#state,
        runsLink(),
      ),
    )
    this.draw(undefined)
  }

  /** The host of each role. */
  get hosts(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#hosts].map(([role, select]) => [role, select.value]))
  }

  get isStepwise(): boolean {
    return this.#stepwise.checked
  }

  notice(text: string, ...more: readonly HTMLElement[]): void {
    this.#notice.replaceChildren(...(text === '' ? [] : [element('p', {}, text)]), ...more)
  }

  /** Shows this in place of the run's state, until it is called with ''. */
  say(text: string): void {
    this.#said = text
    this.#state.textContent = text
  }

  draw(view: RunView | undefined): void {
    const words = this.#words
    // The process of a run that has ended may still close its hosts.
    const isRunning = view !== undefined && !view.isOver && view.state.ended === undefined
    this.#buttons.run.hidden = isRunning
    this.#buttons.plan.hidden = isRunning
    this.#buttons.stop.hidden = !isRunning
    this.#buttons.shell.hidden = (view?.state.hosts.length ?? 0) === 0
    const ended = view?.state.ended
    this.#buttons.resume.hidden =
      view?.isOver !== true || ended?.status === 'passed' || view.state.run === ''
    this.#state.textContent = this.#said || (view ? this.#progress(view, words) : '')
  }

  #progress({ state, isOver, beganAt, lastWords }: RunView, words: RunWords): string {
    if (isOver && state.run === '') return lastWords.trim()
    if (state.ended) return words.ended[state.ended.status]
    if (isOver) return words.broken
    const started = state.steps.size
    const running = [...state.steps.values()].find(({ status }) => status === 'running')
    const parts = [words.of(Math.max(1, started), Math.max(1, state.outline.length))]
    if (running) parts.push(idOf(running.step))
    if (beganAt !== undefined)
      parts.push(renderDuration(Math.max(0, Date.now() - Date.parse(beganAt))))
    const last = this.#lastTime(new Set(state.outline.map(({ step }) => idOf(step))))
    if (last > 0) parts.push(words.lastTime(renderDuration(last)))
    return parts.join(' · ')
  }

  /** How long the steps took at the last recorded run. */
  #lastTime(ids: ReadonlySet<string>): number {
    return this.#model.steps.reduce(
      (sum, { id, lastMs }) => sum + (ids.has(id) ? (lastMs ?? 0) : 0),
      0,
    )
  }
}

function idOf(address: string): string {
  return address.slice(address.lastIndexOf('#') + 1)
}
