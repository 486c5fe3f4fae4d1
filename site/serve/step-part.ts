/** A step's part in a run, below the step: state, output, message, diff, and the page's own answer. */

import { renderDuration } from '../../src/model/duration.ts'
import type { StepProgress } from '../../src/run/reduce.ts'
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
    if (this.#diff.textContent.trimEnd() !== diff.trimEnd())
      this.#diff.replaceChildren(...diffLines(diff))
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

  #drawOutput(output: StepOutput | undefined): void {
    const pre = this.#output
    const text = output?.text() ?? ''
    if (this.#code.textContent !== text) {
      const isAtEnd = pre.scrollTop + pre.clientHeight >= pre.scrollHeight - 4
      this.#code.textContent = text
      if (isAtEnd) pre.scrollTop = pre.scrollHeight
    }
    pre.hidden = text === ''
    this.#cut.hidden = output?.isCut !== true
    setText(this.#cutText, this.#words.cutTo(maxLines))
  }
}

/** Expected lines are `-`, actual ones `+`. */
function diffLines(diff: string): readonly HTMLElement[] {
  return diff
    .trimEnd()
    .split('\n')
    .map((line) => {
      const kind = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'same'
      return element('code', { class: `rb-diff-${kind}` }, `${line}\n`)
    })
}

/** Also hides the element if there is no text. */
function setText(shown: HTMLElement, text: string): void {
  if (shown.textContent !== text) shown.textContent = text
  shown.hidden = text === ''
}
