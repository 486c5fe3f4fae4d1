/**
 * Matches output lines against a pattern as they arrive, with backtracking: a wildcard never
 * consumes a line that the pattern needs later.
 *
 * An automaton follows all alignments at once; its states are positions in the pattern. The cost of
 * a line is bounded by the pattern's length, and no output is kept.
 */

import { mergedNames, valueOf } from '../model/named.ts'
import { type Captures, type LineMatcher, lineMatcher } from './line-matcher.ts'
import type { Pattern } from './read-pattern.ts'

export interface MatchResult {
  readonly matched: boolean
  readonly captures: Captures
}

interface State {
  /** The next pattern line. */
  readonly at: number
  readonly captures: Captures
}

type Rule =
  | { readonly kind: 'any-lines' }
  | { readonly kind: 'once' | 'optional' | 'repeated'; readonly test: LineMatcher }

export class OutputMatcher {
  readonly #rules: readonly Rule[]
  /** Names used more than once: only these can make two states at one position differ. */
  readonly #repeated: readonly string[]
  #states: readonly State[]

  constructor(pattern: Pattern, values: Readonly<Record<string, string>>) {
    this.#rules = pattern.lines.map((line) =>
      line.kind === 'any-lines'
        ? { kind: 'any-lines' }
        : { kind: line.times, test: lineMatcher(line.parts, values) },
    )
    this.#repeated = repeatedNames(pattern)
    this.#states = this.#close([{ at: 0, captures: {} }])
  }

  /** Advances by one line, as a terminal shows it. */
  push(line: string): void {
    const next: State[] = []
    for (const { at, captures } of this.#states) {
      const rule = this.#rules[at]
      if (!rule) continue
      if (rule.kind === 'any-lines') {
        next.push({ at, captures })
        continue
      }
      const found = rule.test(line, captures)
      if (!found) continue
      const kept = Object.keys(found).length === 0 ? captures : mergedNames(captures, found)
      next.push({ at: rule.kind === 'repeated' ? at : at + 1, captures: kept })
    }
    this.#states = this.#close(next)
  }

  /** Whether the pattern accepts the lines so far as the whole output. */
  end(): MatchResult {
    const accepted = this.#states.find(({ at }) => at === this.#rules.length)
    return { matched: accepted !== undefined, captures: accepted?.captures ?? {} }
  }

  /**
   * Adds the positions that can be reached without consuming a line; keeps the first state of each.
   */
  #close(states: readonly State[]): readonly State[] {
    const closed: State[] = []
    const seen = new Set<string>()
    for (const { at, captures } of states) {
      const key = this.#repeated
        .map((name) => JSON.stringify(valueOf(captures, name) ?? null))
        .join()
      for (let place = at; ; place++) {
        const mark = `${place} ${key}`
        if (seen.has(mark)) break
        seen.add(mark)
        closed.push({ at: place, captures })
        const rule = this.#rules[place]
        if (!rule || rule.kind === 'once') break
      }
    }
    return closed
  }
}

function repeatedNames(pattern: Pattern): readonly string[] {
  const counts = new Map<string, number>()
  for (const line of pattern.lines) {
    if (line.kind === 'any-lines') continue
    const weight = line.times === 'repeated' ? 2 : 1
    for (const part of line.parts) {
      if (part.kind === 'capture') counts.set(part.name, (counts.get(part.name) ?? 0) + weight)
    }
  }
  return [...counts].filter(([, count]) => count > 1).map(([name]) => name)
}
