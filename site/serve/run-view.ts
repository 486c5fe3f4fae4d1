/** Shows a run on a page: folds its events and draws each step's progress below the step. */

import { initialState, reduce, type RunState, type StepProgress } from '../../src/run/reduce.ts'
import type { OpenQuestion, RunLine } from './api.ts'
import type { CardActions } from './question-card.ts'
import { QuestionCards } from './question-cards.ts'
import { StepOutput } from './step-output.ts'
import { StepPart } from './step-part.ts'
import type { RunWords } from './words.ts'

export interface RunViewOptions {
  readonly words: RunWords
  readonly answer: (question: number, answer: unknown) => void
  readonly openShell: CardActions['openShell']
  /** The element of a step; `undefined` if the step is on another page. */
  readonly stepElement: (address: string, variant: string | null) => HTMLElement | undefined
  /** The patterns of a step's `on-error`, in order. */
  readonly answersOf: (address: string) => readonly string[]
  /** The container for questions that belong to no step of the page. */
  readonly bar: HTMLElement
}

/** How long one frame may draw. */
const frameMs = 8

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
  readonly #parts = new Map<string, StepPart>()
  /** By step: the prompt at which its command is silent. */
  readonly #silent = new Map<string, string>()
  /** Keys of steps to draw again. */
  readonly #changed = new Set<string>()
  #questions: readonly OpenQuestion[] = []
  readonly #cards: QuestionCards

  constructor(options: RunViewOptions) {
    this.#options = options
    const { words, answer, openShell } = options
    this.#cards = new QuestionCards({
      words,
      answer,
      openShell,
      place: (card, asked) => this.#placeCard(card, asked),
    })
  }

  take({ event, questions, isOver, text }: RunLine): void {
    if (event) {
      this.next = event.seq + 1
      this.beganAt ??= event.at
      this.state = reduce(this.state, event)
      if ('step' in event) {
        const key = `${event.step}@${event.host}`
        this.#changed.add(key)
        this.#silent.delete(key)
        if (event.kind === 'step-started') this.#outputs.delete(key)
        if (event.kind === 'output') this.#output(key).push(event.text)
        if (event.kind === 'command-ended') this.#output(key).end()
        if (event.kind === 'command-silent') this.#silent.set(key, event.prompt)
      }
    }
    if (questions) this.#questions = questions
    if (isOver === true) {
      this.isOver = true
      this.lastWords = text ?? ''
    }
  }

  /**
   * Draws what has changed since the last call, as much as one frame allows.
   *
   * @returns Whether that was all.
   */
  draw(): boolean {
    const until = performance.now() + frameMs
    for (const key of this.#changed) {
      if (performance.now() > until) break
      this.#changed.delete(key)
      this.#drawStep(key)
    }
    this.#cards.draw(this.#questions)
    return this.#changed.size === 0
  }

  /** Removes everything of this run from the page. */
  clear(): void {
    for (const { element } of this.#parts.values()) element.remove()
    this.#cards.clear()
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
    const part = this.#parts.get(key) ?? new StepPart(this.state.run, key, this.#options.words)
    this.#parts.set(key, part)
    // A question stands below what it is about.
    if (part.element.parentElement !== step)
      step.insertBefore(part.element, step.querySelector(':scope > .rb-question'))
    part.draw(progress, this.#outputs.get(key), this.#silent.get(key))
    step.dataset['runbookRunning'] = progress.status
    if (progress.status === 'failed') void this.#advise(key, progress, { part, step })
  }

  /** Matches as the terminal does: on the output and on the message. */
  async #advise(
    key: string,
    { step: address, message }: StepProgress,
    { part, step }: { readonly part: StepPart; readonly step: HTMLElement },
  ): Promise<void> {
    const patterns = this.#options.answersOf(address)
    if (patterns.length === 0) return
    const text = `${this.#outputs.get(key)?.text() ?? ''}\n${message}`
    const { fittingAnswers } = await import('./failure-advice.ts')
    const links = step.querySelectorAll<HTMLAnchorElement>('.rb-on-error li a')
    part.advise(
      fittingAnswers(patterns, text).flatMap((at) => {
        const link = links[at]?.cloneNode(true)
        return link instanceof HTMLElement ? [link] : []
      }),
    )
  }

  #placeCard(card: HTMLElement, { question }: OpenQuestion): void {
    const { stepElement, bar } = this.#options
    const step = question.kind === 'line' ? undefined : stepElement(question.question.step, null)
    ;(step ?? bar).append(card)
    card.scrollIntoView({ block: 'nearest' })
    card.querySelector<HTMLElement>('[data-runbook-first]')?.focus({ preventScroll: true })
  }
}
