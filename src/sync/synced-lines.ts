/**
 * Updates the lines of an expectation after a run. Every line that still matches stays; a changed
 * line becomes the printed one. Varying text in new lines becomes a hole.
 */

import { diffArrays } from 'diff'
import { type AlignedLine, alignOutput } from '../match/align-output.ts'
import { lineMatcher } from '../match/line-matcher.ts'
import { patternOf } from '../match/match-output.ts'
import type { Pattern, PatternLine } from '../match/read-pattern.ts'
import { renderScreen } from '../match/render-screen.ts'
import type { ExpectedOutput } from '../model/expected.ts'
import { declaredNames, type Runbook } from '../model/runbook.ts'
import { judgedPattern, matchesOutput } from '../record/judge-step.ts'
import { holeRuleNames, type LineHole, ruleHoles } from './hole-rules.ts'
import { authorHoles, differingHoles, joinHoles, lineWithHoles, literalLine } from './line-holes.ts'
import type { PrintedOutput } from './output-place.ts'
import { syncedJson } from './synced-json.ts'

export type SyncedLine =
  /** A line of the author, by index. */
  | { readonly kind: 'kept'; readonly line: number }
  /** `rules`: the rules that proposed its holes. */
  | { readonly kind: 'new'; readonly text: string; readonly rules: readonly string[] }

/** The expectation of a step that has none. */
export const nothingExpected = { text: '', match: 'lines' } as const

type Expected = Pick<ExpectedOutput, 'text' | 'match' | 'isStart' | 'typed'>

/** @param rules - The rules that propose holes in new text. */
export function syncedLines(
  runbook: Runbook,
  expected: Expected,
  printed: PrintedOutput,
  rules: readonly string[],
): readonly SyncedLine[] {
  const output = renderScreen(printed.output)
  const again = printed.again === undefined ? undefined : renderScreen(printed.again)
  const says = (lines: readonly SyncedLine[], screen: string) => {
    const text = textOf(expected, lines)
    return matchesOutput(runbook, { ...judged, ...expected, text }, screen)
  }
  const attempts = [
    ...(again === undefined ? [] : [{ again, rules, keepHoles: true }]),
    { again: undefined, rules, keepHoles: true },
    { again: undefined, rules: [], keepHoles: false },
  ]
  for (const attempt of attempts) {
    const lines =
      expected.match === 'json'
        ? jsonLines(runbook, expected, { output, ...attempt })
        : alignedLines(runbook, expected, { output, ...attempt })
    if (says(lines, output) && (attempt.again === undefined || says(lines, attempt.again)))
      return lines
  }
  const names = declaredNames(runbook)
  return linesOf(output).map((line) => newLine(literalLine(line, names)))
}

/** The text of an expectation with these lines. */
export function textOf({ text }: Pick<Expected, 'text'>, lines: readonly SyncedLine[]): string {
  const own = text.split('\n')
  return lines.map((line) => (line.kind === 'kept' ? (own[line.line] ?? '') : line.text)).join('\n')
}

/** The rules that proposed holes in new lines, each once. */
export function rulesOf(lines: readonly SyncedLine[]): readonly string[] {
  return [...new Set(lines.flatMap((line) => (line.kind === 'new' ? line.rules : [])))]
}

const judged = { stream: 'merged', compare: true } as const

interface Attempt {
  readonly output: string
  readonly again: string | undefined
  readonly rules: readonly string[]
  /** Whether a changed line keeps its author's holes. */
  readonly keepHoles: boolean
}

function linesOf(screen: string): readonly string[] {
  return screen === '' ? [] : screen.split('\n')
}

function newLine(text: string, holes: readonly LineHole[] = []): SyncedLine {
  const rules = new Set(holes.flatMap(({ rule }) => rule ?? []))
  return { kind: 'new', text, rules: [...rules] }
}

function alignedLines(
  runbook: Runbook,
  expected: Expected,
  { output, again, rules, keepHoles }: Attempt,
): readonly SyncedLine[] {
  const names = declaredNames(runbook)
  const printed = linesOf(output)
  const others = new OtherRun(printed, again)
  const own = expected.text.split('\n')
  const written = patternOf({ ...expected, match: 'lines' }, names)
  const pattern = judgedPattern(runbook, written)
  const lines: SyncedLine[] = []
  const add = (index: number, before: PatternLine | undefined) => {
    const text = printed[index] ?? ''
    const authors = before && keepHoles ? authorHoles(before, text, names) : []
    const other = others.of(index)
    const holes = joinHoles(
      authors,
      other.kind === 'differs' ? differingHoles(text, other.text, holeRuleNames) : [],
      ruleHoles(text, rules),
    )
    const mark = other.kind === 'absent' ? '<?> ' : ''
    lines.push(newLine(`${mark}${lineWithHoles(text, holes, names)}`, holes))
  }
  let last = -1
  for (const line of alignOutput(pattern, printed, {})) {
    if (line.kind === 'same' || line.kind === 'empty') {
      if (line.kind === 'same' && !isSteady(pattern, line, others)) {
        if (others.of(line.actual).kind === 'absent')
          lines.push(newLine(`<?> ${own[line.expected] ?? ''}`))
        else add(line.actual, written.lines[line.expected])
      } else if (line.expected !== last && line.expected < own.length)
        // A repeated line is written again after a new line between its matches.
        lines.push({ kind: 'kept', line: line.expected })
      last = line.expected
    } else if (line.kind === 'changed') {
      add(line.actual, written.lines[line.expected])
      last = -1
    } else if (line.kind === 'extra' && expected.match !== 'contains') {
      add(line.actual, undefined)
      last = -1
    }
    for (const extra of 'actual' in line ? others.after(line.actual) : []) {
      const holes = ruleHoles(extra, rules)
      lines.push(newLine(`<?> ${lineWithHoles(extra, holes, names)}`, holes))
    }
  }
  return lines
}

/** Whether a line of the author matches the other run too. */
function isSteady(
  { lines }: Pattern,
  { expected, actual }: { readonly expected: number; readonly actual: number },
  others: OtherRun,
): boolean {
  const line = lines[expected]
  const other = others.of(actual)
  if (other.kind === 'same' || line?.kind !== 'line' || line.times !== 'once') return true
  return other.kind === 'differs' && lineMatcher(line.parts, {})(other.text, {}) !== undefined
}

type OtherLine =
  | { readonly kind: 'same' }
  | { readonly kind: 'differs'; readonly text: string }
  | { readonly kind: 'absent' }

/** The second run's output beside each line of the first. */
class OtherRun {
  readonly #others = new Map<number, OtherLine>()
  readonly #after = new Map<number, string[]>()

  constructor(printed: readonly string[], again: string | undefined) {
    if (again === undefined) return
    const other = linesOf(again)
    let last = -1
    for (const line of alignLiterally(printed, other)) {
      if ('expected' in line) last = line.expected
      if (line.kind === 'missing') this.#others.set(line.expected, { kind: 'absent' })
      if (line.kind === 'changed')
        this.#others.set(line.expected, { kind: 'differs', text: other[line.actual] ?? '' })
      if (line.kind === 'extra')
        this.#after.set(last, [...(this.#after.get(last) ?? []), other[line.actual] ?? ''])
    }
  }

  of(index: number): OtherLine {
    return this.#others.get(index) ?? { kind: 'same' }
  }

  /** Lines that only the second run printed after a given line. */
  after(index: number): readonly string[] {
    return this.#after.get(index) ?? []
  }
}

function alignLiterally(
  printed: readonly string[],
  other: readonly string[],
): readonly AlignedLine[] {
  const lines = printed.map(
    (text) => ({ kind: 'line', times: 'once', parts: [{ kind: 'text', text }] }) as const,
  )
  return alignOutput({ lines, regexes: [], captures: [] }, other, {})
}

/** Lines of the old text that are also in the new one stay. */
function jsonLines(runbook: Runbook, expected: Expected, attempt: Attempt): readonly SyncedLine[] {
  const text = syncedJson(runbook, expected.text, attempt)
  const lines: SyncedLine[] = []
  let at = 0
  for (const { added, removed, value } of diffArrays(expected.text.split('\n'), text.split('\n'))) {
    if (added) lines.push(...value.map((line) => newLine(line)))
    else {
      if (!removed)
        lines.push(...value.map((_, index) => ({ kind: 'kept', line: at + index }) as const))
      at += value.length
    }
  }
  return lines
}
