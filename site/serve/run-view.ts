/** Shows a run on a page: folds its events and draws each step's progress below the step. */

import { initialState, reduce, type RunState, type StepProgress } from '../../src/run/reduce.ts'
import type { OpenQuestion, RunLine } from './api.ts'
import { element } from './elements.ts'
import { questionCard } from './question-card.ts'
import { maxLines, StepOutput } from './step-output.ts'
import { renderDuration } from '../../src/model/duration.ts'
import type { RunWords } from './words.ts'

export interface RunViewOptions {
  readonly words: RunWords
  readonly answer: (question: number, answer: unknown) => void
  /** The element of a step; `undefined` if the step is on another page. */
  readonly stepElement: (address: string, variant: string | null) => HTMLElement | undefined
  /** The container for questions that belong to no step of the page. */
  readonly bar: HTMLElement
}

/** The statuses whose message is shown. */
const tellsWhy: ReadonlySet<string> = new Set(['failed', 'lost', 'unknown', 'skipped', 'cancelled'])

export class RunView {
  /** The `seq` of the next event to fetch. */
  next = 0
  state: RunState = initialState
  isOver = false
  /** The time of the first event, ISO 8601. */
  beganAt: string | undefined
  /** The standard error of a process that failed before it had a journal. */
  lastWords = ''
  readonly #options: RunViewOptions
  readonly #outputs = new Map<string, StepOutput>()
  /** Keys of steps to draw again. */
  readonly #changed = new Set<string>()
  #questions: readonly OpenQuestion[] = []
  readonly #cards = new Map<number, HTMLElement>()

  constructor(options: RunViewOptions) {
    this.#options = options
  }

  take({ event, questions, isOver, text }: RunLine): void {
    if (event) {
      this.next = event.seq + 1
      this.beganAt ??= event.at
      this.state = reduce(this.state, event)
      if ('step' in event) this.#changed.add(`${event.step}@${event.host}`)
      if (event.kind === 'step-started') this.#outputs.delete(`${event.step}@${event.host}`)
      if (event.kind === 'output') this.#output(`${event.step}@${event.host}`).push(event.text)
      if (event.kind === 'command-ended') this.#output(`${event.step}@${event.host}`).end()
    }
    if (questions) this.#questions = questions
    if (isOver === true) {
      this.isOver = true
      this.lastWords = text ?? ''
    }
  }

  /** Draws what has changed since the last call. */
  draw(): void {
    for (const key of this.#changed) this.#drawStep(key)
    this.#changed.clear()
    this.#drawQuestions()
  }

  /** Removes everything of this run from the page. */
  clear(): void {
    for (const part of document.querySelectorAll('[data-runbook-run]')) part.remove()
    for (const card of this.#cards.values()) card.remove()
  }

  #output(key: string): StepOutput {
    const output = this.#outputs.get(key) ?? new StepOutput()
    this.#outputs.set(key, output)
    return output
  }

  #drawStep(key: string): void {
    const progress = this.state.steps.get(key)
    const step = progress && this.#options.stepElement(progress.step, progress.variant)
    if (!progress || !step) return
    const before = [...step.querySelectorAll<HTMLElement>('[data-runbook-run]')].find(
      (part) => part.dataset['runbookRun'] === key,
    )
    const part = this.#stepPart(key, progress)
    if (before) before.replaceWith(part)
    else step.append(part)
    const log = part.querySelector('.rb-run-output')
    if (log) log.scrollTop = log.scrollHeight
    step.dataset['runbookRunning'] = progress.status
  }

  #stepPart(key: string, progress: StepProgress): HTMLElement {
    const { words } = this.#options
    const { status, host, message, durationMs, diff, commands } = progress
    const output = this.#outputs.get(key)
    const text = output?.text() ?? ''
    const exit = commands.at(-1)?.exit
    const facts = [
      words.status[status],
      host,
      ...(status === 'running' ? [] : [renderDuration(durationMs)]),
      ...(exit === undefined || exit === 0 ? [] : [words.exit(exit)]),
    ]
    return element(
      'section',
      { class: `rb-run rb-run-${status}`, 'data-runbook-run': key, 'data-status': status },
      element('p', { class: 'rb-run-state', role: 'status' }, facts.join(' · ')),
      text === ''
        ? undefined
        : element('pre', { class: 'rb-run-output', tabindex: '0' }, element('code', {}, text)),
      output?.isCut === true
        ? element('p', { class: 'rb-aside' }, words.cutTo(maxLines))
        : undefined,
      !tellsWhy.has(status) || message === ''
        ? undefined
        : element('p', { class: 'rb-run-message' }, message),
      diff === undefined || diff === ''
        ? undefined
        : element('pre', { class: 'rb-run-diff', tabindex: '0' }, element('code', {}, diff)),
    )
  }

  #drawQuestions(): void {
    const open = new Set(this.#questions.map(({ id }) => id))
    for (const [id, card] of this.#cards) {
      if (open.has(id)) continue
      card.remove()
      this.#cards.delete(id)
    }
    for (const asked of this.#questions) {
      if (this.#cards.get(asked.id)?.isConnected === true) continue
      const card = questionCard(
        asked,
        (answer) => this.#options.answer(asked.id, answer),
        this.#options.words,
      )
      this.#cards.set(asked.id, card)
      const { question } = asked
      const step =
        question.kind === 'line'
          ? undefined
          : this.#options.stepElement(question.question.step, null)
      ;(step ?? this.#options.bar).append(card)
      card.scrollIntoView({ block: 'nearest' })
      card.querySelector<HTMLElement>('button, input')?.focus({ preventScroll: true })
    }
  }
}
