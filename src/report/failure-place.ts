/** Finds the place on the page where a step failed. */

import type { Check } from '../model/check.ts'
import type { Span } from '../model/span.ts'
import { commandsOf, expectedOf, type Step } from '../model/step.ts'
import type { StepProgress } from '../run/reduce.ts'

export interface FailedStep {
  readonly progress: StepProgress
  readonly step: Step
  /** The page's own conditions. */
  readonly pageNeeds: readonly Check[]
  /** Span of the page's `dir:`. */
  readonly dirSpan: Span | undefined
  /** The page's text. */
  readonly source: string
}

/** The span of the unmet expectation or check; without one, of the failed command. */
export function failedSpan(failed: FailedStep): Span {
  const { progress, step } = failed
  const span = claimedSpan(failed)
  if (span) return span
  const command = commandsOf(step)[Math.max(0, progress.commands.length - 1)]
  return step.kind === 'shell' || step.kind === 'console' ? (command?.span ?? step.span) : step.span
}

function claimedSpan(failed: FailedStep): Span | undefined {
  if (failed.progress.reason === 'output') return expectedSpan(failed)
  return failed.progress.reason === 'no-folder' ? failed.dirSpan : failedCheck(failed)?.span
}

/** The first check that does not hold; `undefined`: the step failed for another reason. */
export function failedCheck({ progress, step, pageNeeds }: FailedStep): Check | undefined {
  return checksOf(progress, step, pageNeeds).find(
    ({ text }) => progress.answers.get(text)?.holds === false,
  )
}

function checksOf(
  { reason }: StepProgress,
  { needs, ensures, ready }: Step,
  pageNeeds: readonly Check[],
): readonly Check[] {
  if (reason === 'precondition') return [...pageNeeds, ...needs]
  if (reason === 'postcondition') return ensures
  return reason === 'not-ready' ? ready : []
}

/** The first differing line of the expected output. */
function expectedSpan({ progress, step, source }: FailedStep): Span | undefined {
  const own = commandsOf(step)[progress.commands.length - 1]?.expects
  const expected = own ?? expectedOf(step)
  if (!expected) return undefined
  const fence = expected.fence ?? ('fence' in step ? step.fence : undefined)
  const first = expected.fence
    ? 0
    : (fence?.lineStarts.findIndex(({ line }) => line === expected.span.start.line) ?? -1)
  const start = fence?.lineStarts[Math.max(0, first) + (progress.expectedLine ?? 1) - 1]
  if (!start) return expected.span
  const line = source.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)[start.line - 1] ?? ''
  const length = line.slice(start.column - 1).trimEnd().length
  const end = { ...start, column: start.column + length, offset: start.offset + length }
  return { start, end }
}
