/** Turns a printed line into a line of an expectation: literal text with holes. */

import { alignOutput } from '../match/align-output.ts'
import { lineMatcher } from '../match/line-matcher.ts'
import { type Part, type PatternLine, readPattern } from '../match/read-pattern.ts'
import { type LineHole, ruleHoles } from './hole-rules.ts'

/** The mask of a secret in a record. */
export const mask = '***'

/** A pattern for exactly this line, in which masked text matches anything. */
export function literalLine(text: string, names: ReadonlySet<string>): string {
  const dots = /^\s*(?=\\*\.{3}$)/.exec(text)?.[0].length
  const literal =
    dots !== undefined
      ? `${text.slice(0, dots)}\\${text.slice(dots)}`
      : isLiteral(text, names)
        ? text
        : text.replaceAll('<', '\\<')
  return literal.replaceAll(mask, '<...>')
}

function isLiteral(text: string, names: ReadonlySet<string>): boolean {
  if (text === '') return true
  const line = readPattern(text, names).lines[0]
  const says =
    line?.kind === 'line' &&
    line.times === 'once' &&
    line.parts.every((part) => part.kind === 'text')
  return says && !text.includes('\\<')
}

/** A printed line with holes, which are sorted and do not overlap. */
export function lineWithHoles(
  printed: string,
  holes: readonly LineHole[],
  names: ReadonlySet<string>,
): string {
  if (holes.length === 0) return literalLine(printed, names)
  let text = ''
  let at = 0
  const add = (piece: string) => {
    const literal = isLiteral(piece, names) ? piece : piece.replaceAll('<', '\\<')
    text += literal.replaceAll(mask, '<...>')
  }
  for (const { start, end, hole } of holes) {
    add(printed.slice(at, start))
    text += hole
    at = end
  }
  add(printed.slice(at))
  return text
}

/**
 * Merges holes of several sources; an earlier source wins over overlapping holes of a later one.
 */
export function joinHoles(...sources: readonly (readonly LineHole[])[]): readonly LineHole[] {
  const joined: LineHole[] = []
  for (const each of sources.flat()) {
    if (joined.every((other) => other.end <= each.start || each.end <= other.start))
      joined.push(each)
  }
  return joined.toSorted((a, b) => a.start - b.start)
}

/**
 * Transfers the holes of an author's line to the line printed in its place, if the words beside
 * them are unchanged. A hole never replaces a word that changed.
 */
export function authorHoles(
  line: PatternLine,
  printed: string,
  names: ReadonlySet<string>,
): readonly LineHole[] {
  if (line.kind !== 'line' || !line.parts.some((part) => part.kind === 'text')) return []
  const holes = holesBetweenWords(line, printed)
  const read = readPattern(lineWithHoles(printed, holes, names), names).lines[0]
  // The record does not have the variables' values.
  const parts = read?.kind === 'line' ? read.parts.map(valueOpen) : []
  return lineMatcher(parts, {})(printed, {}) === undefined ? [] : holes
}

function valueOpen(part: Part): Part {
  return part.kind === 'value' ? { kind: 'any' } : part
}

function holesBetweenWords(
  line: PatternLine & { readonly kind: 'line' },
  printed: string,
): readonly LineHole[] {
  const wanted = line.parts.flatMap((part): readonly (string | Part)[] =>
    part.kind === 'text' ? words(part.text) : [part],
  )
  const given = words(printed)
  if (wanted.length * given.length > maxCells) return []
  const starts = given.map((_, index) => given.slice(0, index).join('').length)
  const aligned = alignWords(wanted, given)
  const isKept = (index: number) => {
    const word = wanted[index]
    if (word === undefined) return true
    return aligned.some((each) => each.kind === 'same' && each.expected === index)
  }
  return wanted.flatMap((part, index): readonly LineHole[] => {
    if (typeof part === 'string' || !isKept(index - 1) || !isKept(index + 1)) return []
    const taken = aligned.flatMap((each) =>
      each.kind === 'same' && each.expected === index ? [each.actual] : [],
    )
    const [first] = taken
    const last = taken.at(-1)
    if (first === undefined || last === undefined) return []
    const start = starts[first] ?? 0
    const end = (starts[last] ?? 0) + (given[last]?.length ?? 0)
    return [{ start, end, hole: holeText(part), rule: undefined }]
  })
}

/** The parts of a line that differ from another run's line in its place. */
export function differingHoles(
  printed: string,
  other: string,
  ruleNames: readonly string[],
): readonly LineHole[] {
  const given = words(printed)
  const others = words(other)
  if (given.length * others.length > maxCells)
    return [{ start: 0, end: printed.length, hole: '<...>', rule: twoRuns }]
  const spans: { start: number; end: number; other: string }[] = []
  let at = 0
  for (const each of alignWords(given, others)) {
    const own = 'expected' in each ? (given[each.expected] ?? '') : ''
    const start = at
    at += own.length
    if (each.kind === 'same') continue
    const text = 'actual' in each ? (others[each.actual] ?? '') : ''
    const last = spans.at(-1)
    if (last?.end === start) {
      last.end = at
      last.other += text
    } else spans.push({ start, end: at, other: text })
  }
  const known = ruleHoles(printed, ruleNames).filter((hole) =>
    spans.some(({ start, end }) => start < hole.end && hole.start < Math.max(end, start + 1)),
  )
  const rest = spans.map(({ start, end, other: text }) => ({
    start,
    end,
    hole: /^\d+$/.test(printed.slice(start, end)) && /^\d+$/.test(text) ? '<:\\d+>' : '<...>',
    rule: twoRuns,
  }))
  return joinHoles(
    known.map((hole) => ({ ...hole, rule: twoRuns })),
    rest,
  )
}

/** The rule's name for differences between two runs. */
const twoRuns = 'two-runs'

const maxCells = 60_000

function words(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|./gu) ?? []
}

function alignWords(wanted: readonly (string | Part)[], given: readonly string[]) {
  const lines = wanted.map((word): PatternLine =>
    typeof word === 'string'
      ? { kind: 'line', times: 'once', parts: [{ kind: 'text', text: word }] }
      : { kind: 'any-lines' },
  )
  return alignOutput({ lines, regexes: [], captures: [] }, given, {})
}

/** A hole in the author's syntax. */
function holeText(part: Part): string {
  switch (part.kind) {
    case 'any':
      return '<...>'
    case 'regex':
      return `<:${escaped(part.source)}>`
    case 'capture':
      return part.source === undefined ? `<${part.name}>` : `<${part.name}:${escaped(part.source)}>`
    case 'value':
      return `<$${part.name}>`
    case 'text':
      throw new Error('unreachable: a text is no hole')
    default:
      return part satisfies never
  }
}

function escaped(source: string): string {
  return source.replaceAll('>', '\\>')
}
