/**
 * Aligns a page's expected output with a host's actual output, with the fewest changes. The diff
 * shown to people and the lines that `sync` rewrites come from this alignment.
 *
 * Unlike the matcher it holds the output, so it aligns only a bounded part of a long one.
 */

import { mergedNames } from '../model/named.ts'
import { type Captures, type LineMatcher, lineMatcher } from './line-matcher.ts'
import type { Pattern, PatternLine } from './read-pattern.ts'

/** One line of the alignment; indexes count from 0. */
export type AlignedLine =
  /** The pattern line accepts the output line. */
  | { readonly kind: 'same'; readonly expected: number; readonly actual: number }
  /** The output line replaces the pattern line. */
  | { readonly kind: 'changed'; readonly expected: number; readonly actual: number }
  /** The pattern line matches zero lines: a `...`, or an absent optional line. */
  | { readonly kind: 'empty'; readonly expected: number }
  | { readonly kind: 'missing'; readonly expected: number }
  | { readonly kind: 'extra'; readonly actual: number }

// Losing an author's line costs more than any difference in the output, so the alignment that keeps
// most of those lines wins. Among those, one changed line is cheaper than one missing plus one
// extra, and the more alike the cheaper, so that a wildcard never swallows a changed literal.
const lostCost = 1e8
const missingCost = 2
const extraCost = 2
const changedCost = 1
const unlikeCost = 0.9
const maxCells = 2_000_000

/** @param values - Values of `<$NAME>`. */
export function alignOutput(
  pattern: Pattern,
  actual: readonly string[],
  values: Readonly<Record<string, string>>,
): readonly AlignedLine[] {
  const { lines } = pattern
  const width = actual.length + 1
  if (lines.length * width > maxCells) return alignEnds(pattern, actual, values)
  const tests = lines.map((line) =>
    line.kind === 'line' ? lineMatcher(line.parts, values) : undefined,
  )
  const likenessOf = likenessBetween(lines, actual)
  const costs = new Float64Array((lines.length + 1) * width).fill(Number.POSITIVE_INFINITY)
  const moves = new Uint8Array((lines.length + 1) * width)
  costs[0] = 0
  const relax = (cell: number, cost: number, move: Move) => {
    if (cost >= (costs[cell] ?? 0)) return
    costs[cell] = cost
    moves[cell] = move
  }
  for (let row = 0; row <= lines.length; row++) {
    const line = lines[row]
    for (let column = 0; column < width; column++) {
      const cell = row * width + column
      const cost = costs[cell] ?? 0
      const text = actual[column]
      if (text !== undefined) {
        if (line?.kind === 'any-lines') relax(cell + 1, cost, Move.absorb)
        if (line?.kind === 'line') {
          if (tests[row]?.(text, {})) {
            const repeats = line.times === 'repeated'
            relax(cell + (repeats ? 1 : width + 1), cost, repeats ? Move.absorb : Move.step)
          } else if (line.times !== 'repeated') {
            // A repeated line may match zero lines, so replacing it loses nothing.
            const unlike = 1 - likenessOf(row, column)
            const change = lostCost + changedCost + unlikeCost * unlike
            relax(cell + width + 1, cost + change, Move.change)
          }
        }
        relax(cell + 1, cost + extraCost, Move.extra)
      }
      if (line) {
        const free = line.kind === 'any-lines' || line.times !== 'once'
        const miss = lostCost + missingCost
        relax(cell + width, cost + (free ? 0 : miss), free ? Move.leave : Move.miss)
      }
    }
  }
  return withConflicts(trace(moves, lines.length, actual.length), tests, actual)
}

/**
 * A name used twice must match the same text; a line that contradicts it is marked changed.
 */
function withConflicts(
  aligned: readonly AlignedLine[],
  tests: readonly (LineMatcher | undefined)[],
  actual: readonly string[],
): readonly AlignedLine[] {
  let captures: Captures = {}
  return aligned.map((line) => {
    const test = line.kind === 'same' ? tests[line.expected] : undefined
    if (line.kind !== 'same' || !test) return line
    const found = test(actual[line.actual] ?? '', captures)
    captures = mergedNames(captures, found ?? {})
    return found ? line : { ...line, kind: 'changed' }
  })
}

const Move = { absorb: 1, step: 2, change: 3, extra: 4, leave: 5, miss: 6 } as const
type Move = (typeof Move)[keyof typeof Move]

function trace(moves: Uint8Array, rows: number, columns: number): readonly AlignedLine[] {
  const aligned: AlignedLine[] = []
  const width = columns + 1
  let row = rows
  let column = columns
  while (row > 0 || column > 0) {
    const move = moves[row * width + column]
    if (move === Move.absorb) {
      column--
      aligned.push({ kind: 'same', expected: row, actual: column })
      continue
    }
    if (move === Move.extra) {
      column--
      aligned.push({ kind: 'extra', actual: column })
      continue
    }
    row--
    if (move === Move.step || move === Move.change) {
      column--
      aligned.push({ kind: move === Move.step ? 'same' : 'changed', expected: row, actual: column })
    } else if (move === Move.miss) aligned.push({ kind: 'missing', expected: row })
    else aligned.push({ kind: 'empty', expected: row })
  }
  return dropEmptyOfUsed(aligned.toReversed())
}

/** Drops the `empty` entry of a wildcard that also matched lines. */
function dropEmptyOfUsed(aligned: readonly AlignedLine[]): readonly AlignedLine[] {
  const used = new Set(aligned.flatMap((line) => (line.kind === 'same' ? [line.expected] : [])))
  return aligned.filter((line) => line.kind !== 'empty' || !used.has(line.expected))
}

/** For outputs too long to align at once: match equal lines at both ends, then align the rest. */
function alignEnds(
  { lines, ...pattern }: Pattern,
  actual: readonly string[],
  values: Readonly<Record<string, string>>,
): readonly AlignedLine[] {
  const same = (row: number, column: number) => {
    const line = lines[row]
    const text = actual[column]
    if (line?.kind !== 'line' || line.times !== 'once' || text === undefined) return false
    return lineMatcher(line.parts, values)(text, {}) !== undefined
  }
  const most = Math.min(lines.length, actual.length)
  let head = 0
  while (head < most && same(head, head)) head++
  let tail = 0
  while (tail < most - head && same(lines.length - 1 - tail, actual.length - 1 - tail)) tail++
  const rest = lines.slice(head, lines.length - tail)
  const printed = actual.slice(head, actual.length - tail)
  const middle =
    rest.length * (printed.length + 1) > maxCells
      ? alignRest(rest, printed.length)
      : alignOutput({ ...pattern, lines: rest }, printed, values)
  return [
    ...range(0, head).map((index) => sameLine(index, index)),
    ...middle.map((line) => moved(line, head)),
    ...range(0, tail).map((index) =>
      sameLine(lines.length - tail + index, actual.length - tail + index),
    ),
  ]
}

/** For a rest that is still too long: a `...` matches all of it, or it counts as unknown. */
function alignRest(lines: readonly PatternLine[], count: number): readonly AlignedLine[] {
  const open = lines.findIndex((line) => line.kind === 'any-lines')
  return [
    ...range(0, lines.length).flatMap((expected): readonly AlignedLine[] => {
      if (expected === open) return range(0, count).map((actual) => sameLine(expected, actual))
      const line = lines[expected]
      const isFree = line?.kind !== 'line' || line.times !== 'once'
      return [{ kind: isFree ? 'empty' : 'missing', expected }]
    }),
    ...(open === -1 ? range(0, count).map((actual) => ({ kind: 'extra', actual }) as const) : []),
  ]
}

function sameLine(expected: number, actual: number): AlignedLine {
  return { kind: 'same', expected, actual }
}

function moved(line: AlignedLine, by: number): AlignedLine {
  return {
    ...line,
    ...('expected' in line ? { expected: line.expected + by } : {}),
    ...('actual' in line ? { actual: line.actual + by } : {}),
  }
}

function literalText(line: PatternLine & { readonly kind: 'line' }): string {
  return line.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
}

/** Similarity of two lines from 0 to 1: shared pairs of neighbouring characters (Dice). */
function likenessBetween(
  lines: readonly PatternLine[],
  actual: readonly string[],
): (row: number, column: number) => number {
  const wanted = lines.map((line) => (line.kind === 'line' ? literalText(line) : ''))
  const wantedPairs = wanted.map((text) => pairs(text.slice(0, maxCompared)))
  const printedPairs: (ReadonlyMap<string, number> | undefined)[] = []
  return (row, column) => {
    const text = actual[column] ?? ''
    if (wanted[row] === text) return 1
    const printed = (printedPairs[column] ??= pairs(text.slice(0, maxCompared)))
    return likeness(wantedPairs[row] ?? new Map(), printed)
  }
}

const maxCompared = 400

function likeness(first: ReadonlyMap<string, number>, second: ReadonlyMap<string, number>): number {
  let shared = 0
  let total = 0
  for (const [pair, count] of first) {
    shared += Math.min(count, second.get(pair) ?? 0)
    total += count
  }
  for (const count of second.values()) total += count
  return total === 0 ? 0 : (2 * shared) / total
}

function pairs(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (let at = 0; at < text.length - 1; at++) {
    const pair = text.slice(at, at + 2)
    counts.set(pair, (counts.get(pair) ?? 0) + 1)
  }
  return counts
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}
