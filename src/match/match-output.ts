/**
 * Compares what a command prints with what its page expects, chunk by chunk.
 */

import type { ExpectedOutput } from '../model/expected.ts'
import type { Captures, MatchNames } from './line-matcher.ts'
import { matchJson } from './match-json.ts'
import { type MatchResult, OutputMatcher } from './match-lines.ts'
import { type PatternSource, patternText } from './pattern-text.ts'
import { type Pattern, type PatternLine, readPattern } from './read-pattern.ts'
import { renderScreen, Screen } from './render-screen.ts'

export interface OutputComparison {
  /** Takes output as it was printed, in any chunks. */
  push(text: string): void
  end(): MatchResult
}

/** Starts a comparison. Only `json` keeps the output; the other ways keep positions in the pattern. */
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

/** Compares a whole output at once. */
export function matchOutput(
  expected: ExpectedOutput,
  actual: string,
  names: MatchNames,
): { readonly matched: boolean; readonly captures: Captures } {
  const comparison = compareOutput(expected, names)
  comparison.push(actual)
  return comparison.end()
}

/** The pattern of an expectation; `contains` allows any lines around and between. */
export function patternOf(
  expected: PatternSource & Pick<ExpectedOutput, 'match'>,
  names: ReadonlySet<string>,
): Pattern {
  const pattern = readPattern(patternText(expected), names)
  if (expected.match !== 'contains') return pattern
  const between: PatternLine = { kind: 'any-lines' }
  return { ...pattern, lines: [between, ...pattern.lines.flatMap((line) => [line, between])] }
}
