/** Compares the output of a command or a step with the page. */

import { diffOutput } from '../match/diff-output.ts'
import type { MatchNames } from '../match/line-matcher.ts'
import { compareOutput, type OutputComparison, patternOf } from '../match/match-output.ts'
import type { ExpectedOutput } from '../model/expected.ts'
import { KeptOutput } from './kept-output.ts'
import { messages } from './messages.ts'
import type { RunOptions } from './run-options.ts'
import type { StepEnd } from './step-end.ts'

/** Accepts output as it arrives. */
export class Judgement {
  readonly #expected: ExpectedOutput | undefined
  readonly #names: MatchNames
  readonly #comparison: OutputComparison | undefined
  readonly #kept = new KeptOutput()
  /** Values that the output set. */
  captures: Readonly<Record<string, string>> = {}
  /** Names that the output should have set but did not. */
  missing: readonly string[] = []

  constructor(expected: ExpectedOutput | undefined, names: MatchNames) {
    this.#expected = expected
    this.#names = names
    this.#comparison = expected && compareOutput(expected, names)
  }

  push(text: string, stream: string): void {
    if (!this.#expected) return
    const isOther = stream !== 'tty' && this.#expected.stream !== stream
    if (this.#expected.stream !== 'merged' && isOther) return
    this.#comparison?.push(text)
    this.#kept.push(text)
  }

  /** `undefined`: as expected, or not compared. */
  end({ lang, update }: Pick<RunOptions, 'lang' | 'update'>): Omit<StepEnd, 'exit'> | undefined {
    if (!this.#expected || !this.#comparison) return undefined
    const { matched, captures } = this.#comparison.end()
    this.captures = captures
    if (!matched) this.missing = patternOf(this.#expected, this.#names.names).captures
    if (matched || !this.#expected.compare) return undefined
    const { text, line } = diffOutput(this.#expected, this.#kept.text(), this.#names)
    return {
      status: update ? 'passed' : 'failed',
      reason: 'output',
      message: update ? messages.outputRecorded[lang] : messages.output[lang],
      diff: text,
      expectedLine: line,
    }
  }
}
