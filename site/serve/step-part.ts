/** A step's part in a run, below the step: state, output, message, diff, and the page's own answer. */

import { renderDuration } from '../../src/model/duration.ts'
import type { StepProgress } from '../../src/run/reduce.ts'
import { diffLines } from './diff-view.ts'
import { element } from './elements.ts'
import { allLinesLink } from './run-links.ts'
import { maxLines, type StepOutput } from './step-output.ts'
import type { RunWords } from './words.ts'

/** The statuses whose message is shown. */
const tellsWhy: ReadonlySet<string> = new Set(['failed', 'lost', 'unknown', 'skipped', 'cancelled'])

export class StepPart {
  readonly element: HTMLElement
  readonly #words: RunWords
  readonly #state = element('p', { class: 'rb-run-state', role: 'status' })
  readonly #code = element('code', {})
  readonly #output = element('pre', { class: 'rb-run-output', tabindex: '0' }, this.#code)
  readonly #cutText = element('span', {})
  readonly #cut: HTMLElement
  readonly #message = element('p', { class: 'rb-run-message' })
  readonly #diff = element('pre', { class: 'rb-run-diff', tabindex: '0' })
  readonly #advice = element('div', { class: 'rb-run-advice' })

  #drawnDiff = ''
  #drawn: { readonly output?: StepOutput | undefined; readonly version?: number | undefined } = {
    version: -1,
  }

  /** @param key - `PAGE#ID@HOST`. */
  constructor(run: string, key: string, words: RunWords) {
    this.#words = words
    const all = allLinesLink(run, key)
    this.#cut = element('p', { class: 'rb-aside' }, this.#cutText, ' · ', all)
    this.element = element(
      'section',
      { 'data-runbook-run': key },
      this.#state,
      this.#output,
      this.#cut,
      this.#message,
      this.#diff,
      this.#advice,
    )
  }

  /** @param silentAt - The prompt at which the command is silent. */
  draw(progress: StepProgress, output: StepOutput | undefined, silentAt: string | undefined): void {
    const { status, message, diff = '' } = progress
    this.element.className = `rb-run rb-run-${status}`
    this.element.dataset['status'] = status
    setText(this.#state, this.#facts(progress).join(' · '))
    this.#drawOutput(output)
    const silent = silentAt === undefined ? '' : this.#words.silentAt(silentAt)
    setText(this.#message, tellsWhy.has(status) ? message : status === 'running' ? silent : '')
    if (diff !== this.#drawnDiff) this.#diff.replaceChildren(...diffLines(diff))
    this.#drawnDiff = diff
    this.#diff.hidden = diff === ''
    this.#advice.hidden = status !== 'failed'
  }

  /** Shows the page's own answers to a known failure. */
  advise(links: readonly HTMLElement[]): void {
    const items = links.map((link) => element('li', {}, link))
    this.#advice.replaceChildren(
      ...(items.length === 0
        ? []
        : [element('b', {}, this.#words.pageAnswers), element('ul', {}, ...items)]),
    )
  }

  #facts({ status, host, durationMs, commands, isDeviation }: StepProgress): readonly string[] {
    const words = this.#words
    const exit = commands.at(-1)?.exit
    return [
      words.status[status],
      host,
      ...(status === 'running' ? [] : [renderDuration(durationMs)]),
      ...(exit === undefined || (exit === 0 && status !== 'failed') ? [] : [words.exit(exit)]),
      ...(isDeviation ? [words.edited] : []),
    ]
  }

  /** The style keeps the end in view, so that no layout is needed here. */
  #drawOutput(output: StepOutput | undefined): void {
    if (output === this.#drawn.output && output?.version === this.#drawn.version) return
    this.#drawn = { output, version: output?.version }
    const text = output?.text() ?? ''
    this.#code.textContent = text
    this.#output.hidden = text === ''
    this.#cut.hidden = output?.isCut !== true
    setText(this.#cutText, this.#words.cutTo(maxLines))
  }
}

/** Also hides the element if there is no text. */
function setText(shown: HTMLElement, text: string): void {
  if (shown.textContent !== text) shown.textContent = text
  shown.hidden = text === ''
}
