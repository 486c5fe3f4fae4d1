/** Decides what a resumed run skips, and what it does first. */

import { stepHash } from '../plan/content-hash.ts'
import type { PlannedStep } from '../plan/plan-run.ts'
import { type DoneStep, type EarlierLife, isUnderWay } from './earlier-life.ts'
import { keyOf } from './step-contexts.ts'

/**
 * Puts a step that was interrupted before all others: its commands may still run on the host,
 * together with background processes of the interrupted run. Any other request to its shell would
 * discard their results, and they would run twice.
 *
 * Clean-up steps stay at the end: they run again if there is more to do.
 */
export function inOrderOfResuming(
  steps: readonly PlannedStep[],
  before: EarlierLife,
): readonly PlannedStep[] {
  const at = steps.findIndex((step) => isUnderWay(before.open.get(keyOf(step))))
  if (at === -1) return steps
  const isDone = steps.map((_, index) => doneBefore(index, steps, before) !== undefined)
  const isMore = steps.some(({ step }, index) => !isDone[index] && !step.always)
  const isAgain = steps[at]?.step.always === true && isMore
  return [
    ...steps.filter((_, index) => index < at && isDone[index]),
    ...steps.slice(at, at + 1),
    ...steps.filter((_, index) => index < at && !isDone[index]),
    ...steps.slice(isAgain ? at : at + 1),
  ]
}

/**
 * Whether a step was done before the run was resumed and has not changed.
 *
 * Clean-up runs again in every resumed run. Background processes were stopped, so their steps run
 * again if a later step needs to run.
 */
export function doneBefore(
  index: number,
  steps: readonly PlannedStep[],
  before: EarlierLife,
): DoneStep | undefined {
  const planned = steps[index]
  const step = planned && unchangedSince(planned, before)
  if (!step || planned.step.always) return undefined
  if (!planned.step.background || step.end.status === 'skipped') return step
  const later = steps.slice(index + 1)
  const isNeeded = later.some((each) => !each.step.always && !unchangedSince(each, before))
  return isNeeded ? undefined : step
}

function unchangedSince(planned: PlannedStep, { done }: EarlierLife): DoneStep | undefined {
  const step = done.get(keyOf(planned))
  if (!step) return undefined
  const hashes = planned.variants.map((variant) => stepHash(planned.runbook, variant))
  return hashes.includes(step.hash) ? step : undefined
}
