/** The steps of a run: state, time, durations of its last runs, and the output. */

import { renderDuration } from '../../src/model/duration.ts'
import type { Lang } from '../../src/model/message.ts'
import { statusWords } from '../../src/model/messages.ts'
import type { StampedEvent } from '../../src/model/run-event.ts'
import type { RunState, StepProgress } from '../../src/run/reduce.ts'
import { drawDurations, type StepDuration } from '../../src/timeline/duration-plot.ts'
import type { Api } from './api.ts'
import { drawnNode } from './drawn-element.ts'
import { element } from './elements.ts'
import { LogView } from './log-view.ts'
import { stepKey } from './run-links.ts'
import { runsWords as words } from './runs-words.ts'
import { maxLines, StepOutput } from './step-output.ts'

interface Row {
  readonly element: HTMLElement
  readonly head: HTMLElement
  readonly facts: HTMLElement
  readonly output: HTMLDetailsElement
  /** The status that is drawn. */
  status: string
}

export class StepRows {
  readonly element = element('div', { class: 'rb-run-steps' })
  readonly #api: Api
  readonly #run: string
  readonly #lang: Lang
  readonly #rows = new Map<string, Row>()
  /** Of steps that run now; an ended step's output is asked for when it is opened. */
  readonly #live = new Map<string, StepOutput>()
  readonly #changed = new Set<string>()
  #history: Readonly<Record<string, readonly StepDuration[]>> = {}

  constructor(api: Api, run: string, lang: Lang) {
    this.#api = api
    this.#run = run
    this.#lang = lang
  }

  /** Feed it every event of the run; `draw` shows what has changed. */
  take(event: StampedEvent): void {
    if (!('step' in event)) return
    const key = stepKey(event)
    this.#changed.add(key)
    if (event.kind === 'step-started') this.#live.set(key, new StepOutput())
    if (event.kind === 'output') this.#live.get(key)?.push(event.text)
    if (event.kind === 'command-ended') this.#live.get(key)?.end()
    if (event.kind === 'step-ended') this.#live.delete(key)
  }

  showHistory(history: Readonly<Record<string, readonly StepDuration[]>>): void {
    this.#history = history
    for (const key of this.#rows.keys()) this.#changed.add(key)
  }

  draw({ outline, steps }: RunState): void {
    for (const planned of outline) {
      const key = stepKey(planned)
      if (this.#rows.has(key)) continue
      const row = this.#newRow(key, planned)
      this.#rows.set(key, row)
      this.element.append(row.element)
    }
    for (const key of this.#changed) {
      const progress = steps.get(key)
      const row = this.#rows.get(key)
      if (progress && row) this.#drawRow(key, row, progress)
    }
    this.#changed.clear()
  }

  /** Opens the output of a step, as a link with its key does. */
  open(key: string): void {
    const row = this.#rows.get(key)
    if (!row) return
    row.output.open = true
    row.element.scrollIntoView({ block: 'start' })
    row.output.querySelector('summary')?.focus({ preventScroll: true })
  }

  openAll(isOpen: boolean): void {
    for (const { output } of this.#rows.values()) output.open = isOpen
  }

  #newRow(key: string, planned: RunState['outline'][number]): Row {
    const { step, host, title, file, line } = planned
    const id = step.slice(step.lastIndexOf('#') + 1)
    const facts = element('p', { class: 'rb-step-facts' }, statusWords.notRun[this.#lang])
    const head = element(
      'header',
      {},
      element('code', { title: `${file}:${line}` }, id),
      title === id ? undefined : element('span', { class: 'rb-step-title' }, title),
      element('span', { class: 'rb-step-host' }, host),
    )
    const output = element('details', {}, element('summary', {}, words.log[this.#lang]))
    output.addEventListener('toggle', () => this.#fill(key, output))
    output.hidden = true
    const made = element(
      'article',
      { class: 'rb-run-step', 'data-run-step': key, 'data-status': 'none', 'aria-label': id },
      head,
      facts,
      output,
    )
    made.id = key
    return { element: made, head, facts, output, status: 'none' }
  }

  #drawRow(key: string, row: Row, progress: StepProgress): void {
    const { status, message, diff } = progress
    row.facts.textContent = this.#facts(progress)
    row.output.hidden = false
    if (status === 'running') this.#drawLive(key, row)
    if (row.status === status && status === 'running') return
    row.status = status
    row.element.dataset['status'] = status
    for (const part of row.element.querySelectorAll('.rb-step-message, .rb-step-diff'))
      part.remove()
    const isTold = message !== '' && status !== 'running' && status !== 'passed'
    const parts = [
      isTold ? element('p', { class: 'rb-step-message' }, message) : undefined,
      diff === undefined || diff === ''
        ? undefined
        : element('pre', { class: 'rb-step-diff', tabindex: '0' }, diff),
    ]
    row.output.before(...parts.filter((part) => part !== undefined))
    row.head.querySelector('.rb-durations')?.remove()
    const durations = this.#history[key] ?? []
    if (durations.length > 1)
      row.head.append(drawnNode(drawDurations(durations, { lang: this.#lang, run: this.#run })))
    if (status === 'running') return
    row.output.querySelector('.rb-log-view')?.remove()
    if (row.output.open) this.#fill(key, row.output)
  }

  #facts({ status, commands, durationMs }: StepProgress): string {
    const exit = commands.at(-1)?.exit
    return [
      statusWords[status][this.#lang],
      ...(status === 'running' ? [] : [renderDuration(durationMs)]),
      ...(exit === undefined || exit === 0 ? [] : [words.exit(exit)[this.#lang]]),
    ].join(' · ')
  }

  #drawLive(key: string, { output }: Row): void {
    const live = this.#live.get(key)
    if (!output.open || !live) return
    const text = live.text()
    const note = live.isCut ? words.liveTail(maxLines)[this.#lang] : ''
    const pre = element('pre', { class: 'rb-log rb-log-live', tabindex: '0' }, text)
    const bar = element('div', { class: 'rb-log-bar' }, element('span', {}, note))
    const view = element('div', { class: 'rb-log-view' }, bar, pre)
    const before = output.querySelector('.rb-log-view')
    if (before) before.replaceWith(view)
    else output.append(view)
    pre.scrollTop = pre.scrollHeight
  }

  #fill(key: string, output: HTMLDetailsElement): void {
    if (!output.open || output.querySelector('.rb-log-view')) return
    if (this.#live.has(key)) {
      const row = this.#rows.get(key)
      if (row) this.#drawLive(key, row)
      return
    }
    const at = key.lastIndexOf('@')
    const of = { run: this.#run, step: key.slice(0, at), host: key.slice(at + 1) }
    output.append(new LogView(this.#api, of, this.#lang).element)
  }
}
