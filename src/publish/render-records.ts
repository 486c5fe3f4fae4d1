/** Recorded results of a step: badges, outputs and facts. */

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

/** The state as a word, with the day of the run behind it. */
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

/** One line per platform: state, exit status, duration, host. */
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
    const how = step.status === 'skipped' ? `<p>${escapeHtml(words.byChecks)}</p>` : ''
    const list = facts.map(
      ([term, value]) => `<div><dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}</dd></div>`,
    )
    const badge =
      view.platforms.length > 1 || state !== view.state
        ? renderStateBadge(state, step.at, words)
        : ''
    return `<li data-platform="${escapeHtml(record.platform)}" data-state="${state}">${badge}${how}<dl>${list.join('')}</dl></li>`
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
 * The outputs of one step, each drawn once.
 *
 * The newest platform's outputs follow their commands. If they equal the expected output line for
 * line, one block shows both: its `expected` element contains the `recorded` one.
 */
export class StepOutputs {
  readonly view: StepView
  readonly words: Words
  readonly #primary: PlatformView | undefined
  /** The platform is named once, because all outputs of a step come from one run. */
  #isPlaced = false

  constructor(view: StepView, words: Words) {
    this.view = view
    this.words = words
    // Outputs of commands that the page no longer has must not follow the current ones.
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

/** Outputs of the step as a whole: the expected one, and those of other platforms. */
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
