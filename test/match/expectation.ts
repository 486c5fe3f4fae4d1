import type { MatchNames } from '../../src/match/line-matcher.ts'
import type { ExpectedOutput } from '../../src/model/expected.ts'

const start = { line: 1, column: 1, offset: 0 }

/** An expectation as an `output` fence makes it. */
export function expectation(
  text: string,
  match: ExpectedOutput['match'] = 'lines',
): ExpectedOutput {
  return {
    text,
    match,
    stream: 'merged',
    compare: true,
    span: { start, end: start },
    fence: undefined,
  }
}

export const noNames: MatchNames = { names: new Set(), values: {} }
