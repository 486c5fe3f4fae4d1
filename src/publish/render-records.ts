/** What hosts gave: badges, outputs and facts of a step. */

import type { ExpectedOutput } from '../model/expected.ts'
import { expectedOf, type Step } from '../model/step.ts'
import { escapeHtml } from './escape-html.ts'
import {
  labelOf,
  linesOf,
  opensAtOnce,
  renderBlock,
  renderExpected,
  renderRecorded,
} from './render-output.ts'
import { platformName, type PlatformView, type StepView } from './step-view.ts'
import type { Words } from './words.ts'

/** The state in a word, with the day of the run that it rests on. */
export function renderBadge({ state, platforms }: StepView, words: Words): string {
  const at = platforms.find((platform) => platform.state === state)?.step.at
  return renderStateBadge(state, at, words)
}

export function renderStateBadge(
  state: StepView['state'],
  at: string | undefined,
  words: Words,
): string {
  const time = at === undefined ? '' : ` ${renderDay(at)}`
  return (
    `<span class="rb-badge" data-state="${state}" title="${escapeHtml(words.meanings[state])}">` +
    `<i aria-hidden="true"></i>${escapeHtml(words.states[state])}${time}</span>`
  )
}

export function renderDay(at: string): string {
  return `<time datetime="${escapeHtml(at)}">${escapeHtml(at.slice(0, 10))}</time>`
}

/** One line for each platform: state, exit status, time taken, host. */
export function renderFacts(view: StepView, words: Words): string {
  if (view.platforms.length + view.deviations.length === 0) return ''
  const rows = view.platforms.map((platform) => {
    const { record, step, state } = platform
    const exits = [...new Set(step.commands.map(({ exit }) => exit))]
    const facts: [string, string][] = [
      ...(exits.length > 0 ? [[words.exit, exits.join(', ')] satisfies [string, string]] : []),
      [words.took, words.duration(step.durationMs)],
      [words.host, `${platformName(record)} (${record.host.name})`],
      [words.hash, step.hash.replace(/^sha256:/, '').slice(0, 8)],
    ]
    const list = facts.map(
      ([term, value]) => `<div><dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}</dd></div>`,
    )
    const badge =
      view.platforms.length > 1 || state !== view.state
        ? renderStateBadge(state, step.at, words)
        : ''
    return `<li data-platform="${escapeHtml(record.platform)}" data-state="${state}">${badge}<dl>${list.join('')}</dl></li>`
  })
  const doubt =
    view.state === 'verified' || view.state === 'never'
      ? ''
      : `<p>${escapeHtml(words.meanings[view.state])}</p>`
  const edited = view.deviations.map(
    ({ record, at }) =>
      `<p class="rb-deviation">${escapeHtml(words.edited(platformName(record), at.slice(0, 10)))}</p>`,
  )
  const list = rows.length === 0 ? '' : `<ul>${rows.join('')}</ul>`
  return `<footer class="rb-facts">${doubt}${edited.join('')}${list}</footer>`
}

/**
 * The outputs of one step, drawn once each.
 *
 * The newest platform's stand below their commands. Where they are line for line what the page
 * expects there is one block: its `expected` element holds the `recorded` one.
 */
export class StepOutputs {
  readonly view: StepView
  readonly words: Words
  readonly #primary: PlatformView | undefined
  /** Said once: the outputs of a step are of one run. */
  #isPlaced = false

  constructor(view: StepView, words: Words) {
    this.view = view
    this.words = words
    // Outputs of other commands than the page has now cannot stand below these.
    const [newest] = view.platforms
    const isFit = newest && newest.state !== 'stale' && hasOutput(newest) && !view.step.private
    this.#primary = isFit ? newest : undefined
  }

  get primary(): PlatformView | undefined {
    return this.#primary
  }

  ofCommand(index: number, own: ExpectedOutput | undefined): string {
    const { step } = this.view
    const isOnly = step.kind === 'script' || (step.kind === 'shell' && step.commands.length === 1)
    const expected = own ?? (isOnly ? expectedOf(step) : undefined)
    const recorded = this.#primary?.step.commands[index]
    if (!recorded || !this.#primary) return expected ? this.expectedBlock(expected, true) : ''
    const { record } = this.#primary
    const detail = this.#isPlaced ? '' : detailOf(this.#primary)
    const lines = linesOf(recorded.output)
    const pre = renderRecorded(recorded.output, record.platform, this.words)
    const note = recorded.truncated ? this.words.cutRecord : undefined
    const errors = this.#errors(recorded.stderr, detail)
    const isOpen = opensAtOnce(lines.length)
    this.#isPlaced ||= lines.length > 0 || isOnly
    if (expected && expected.stream !== 'stderr' && isEqual(expected, lines)) {
      const both = `<div data-runbook-output="expected">${pre}</div>`
      return (
        renderBlock(
          { label: this.words.recordedEqual, detail, lines: lines.length, isOpen, pre: both, note },
          this.words,
        ) + errors
      )
    }
    if (lines.length === 0 && !expected && !isOnly) return ''
    const block = renderBlock(
      { label: this.words.recorded, detail, lines: lines.length, isOpen, pre, note },
      this.words,
    )
    return (
      block +
      errors +
      (expected ? this.expectedBlock(expected, this.view.state !== 'verified') : '')
    )
  }

  #errors(stderr: string | undefined, detail: string): string {
    if (stderr === undefined || stderr === '') return ''
    const lines = linesOf(stderr).length
    const pre = renderRecorded(stderr, this.#primary?.record.platform ?? '', this.words)
    return renderBlock(
      { label: this.words.standardError, detail, lines, isOpen: opensAtOnce(lines), pre },
      this.words,
    )
  }

  expectedBlock(expected: ExpectedOutput, isOpen: boolean): string {
    const lines = linesOf(expected.text).length
    const detail = expected.stream === 'merged' ? '' : expected.stream
    return renderBlock(
      {
        label: labelOf(expected, this.words),
        detail,
        lines,
        isOpen: isOpen && opensAtOnce(lines),
        pre: renderExpected(expected, this.words),
      },
      this.words,
    )
  }
}

/** What belongs to the step as a whole: its expected output, and what other platforms gave. */
export function renderStepOutputs(outputs: StepOutputs, step: Step): string {
  const { view, words, primary } = outputs
  if (step.private)
    return view.platforms.length > 0
      ? `<p class="rb-aside">${escapeHtml(words.privateOutput)}</p>`
      : ''
  const expected = step.kind === 'shell' && step.commands.length > 1 ? step.expects : undefined
  const html = expected
    ? outputs.expectedBlock(expected, !primary || view.state !== 'verified')
    : ''
  const same: string[] = []
  const others = view.platforms.filter((platform) => platform !== primary && hasOutput(platform))
  const blocks = others.map((platform) => {
    const output = joinedOutput(platform)
    if (primary && linesOf(joinedOutput(primary)).join('\n') === linesOf(output).join('\n')) {
      same.push(platformName(platform.record))
      return ''
    }
    const lines = linesOf(output).length
    const pre = renderRecorded(output, platform.record.platform, words)
    const isOpen = !primary && platform === others[0] && opensAtOnce(lines)
    return renderBlock(
      { label: words.recorded, detail: detailOf(platform), lines, isOpen, pre },
      words,
    )
  })
  const note =
    same.length > 0
      ? `<p class="rb-aside">${escapeHtml(words.sameOn(same.join(words.listMark)))}</p>`
      : ''
  return html + blocks.join('') + note
}

function detailOf({ record, step }: PlatformView): string {
  return [platformName(record), record.host.name, step.at.slice(0, 10)].join(' · ')
}

function hasOutput({ step }: PlatformView): boolean {
  return step.commands.length > 0
}

function joinedOutput({ step }: PlatformView): string {
  return step.commands.map(({ output, stderr }) => output + (stderr ?? '')).join('')
}

function isEqual({ text, match }: ExpectedOutput, lines: readonly string[]): boolean {
  return match === 'lines' && linesOf(text.replaceAll('\\<', '<')).join('\n') === lines.join('\n')
}
