/** Which of a step's `on-error` answers fit a failure. Loaded when a step with answers has failed. */

import { RE2JS } from 're2js'

/** @returns The places of the fitting answers in `patterns`. */
export function fittingAnswers(patterns: readonly string[], text: string): readonly number[] {
  return [...patterns.keys()].filter((at) =>
    RE2JS.compile(patterns[at] ?? '')
      .matcher(text)
      .find(),
  )
}
