/** Compares a command's output with the page's expectation, chunk by chunk. */

import type { ExpectedOutput } from '../model/expected.ts'
import type { Captures, MatchNames } from './line-matcher.ts'
import { matchJson } from './match-json.ts'
import { type MatchResult, OutputMatcher } from './match-lines.ts'
import { type PatternSource, patternText } from './pattern-text.ts'
import { type Pattern, type PatternLine, readPattern } from './read-pattern.ts'
import { renderScreen, Screen } from './render-screen.ts'

export interface OutputComparison {
  /** Accepts output in chunks of any size. */
  push(text: string): void
  end(): MatchResult
}

/**
 * Starts a comparison. Only `json` holds the output; the other ways hold positions in the pattern.
 */
export function compareOutput(expected: ExpectedOutput, names: MatchNames): OutputComparison {
  if (expected.match === 'json') {
    let actual = ''
    return {
      push: (text) => {
        actual += text
      },
      end: () => matchJson(expected.text, renderScreen(actual), names),
    }
  }
  const matcher = new OutputMatcher(patternOf(expected, names.names), names.values)
  const screen = new Screen((line) => matcher.push(line))
  return {
    push: (text) => screen.push(text),
    end: () => {
      screen.end()
      return matcher.end()
    },
  }
}

/** Compares a complete output. */
export function matchOutput(
  expected: ExpectedOutput,
  actual: string,
  names: MatchNames,
): { readonly matched: boolean; readonly captures: Captures } {
  const comparison = compareOutput(expected, names)
  comparison.push(actual)
  return comparison.end()
}

/** The pattern of an expectation; for `contains`, any lines may precede, separate and follow. */
export function patternOf(
  expected: PatternSource & Pick<ExpectedOutput, 'match'>,
  names: ReadonlySet<string>,
): Pattern {
  const pattern = readPattern(patternText(expected), names)
  if (expected.match !== 'contains') return pattern
  const between: PatternLine = { kind: 'any-lines' }
  return { ...pattern, lines: [between, ...pattern.lines.flatMap((line) => [line, between])] }
}
