/** What a resumed run need not do again, and what it does first. */

import { stepHash } from '../plan/content-hash.ts'
import type { PlannedStep } from '../plan/plan-run.ts'
import { type DoneStep, type EarlierLife, isUnderWay } from './earlier-life.ts'
import { keyOf } from './step-contexts.ts'

/**
 * A step that an earlier life left under way comes before all that is to be done again: its commands
 * may still run on the host, with the background processes of that life. Anything else that was asked
 * of its shell first would give up their results, and they would be run twice.
 *
 * A clean-up is the end of that life: it comes again at the end of this one, if there is more to do.
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
 * Done in an earlier life of the run, and not changed since.
 *
 * Every life cleans up after itself. It also stops what runs in the background, which is started
 * again where a later step is still to be taken.
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
