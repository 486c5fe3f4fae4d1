import type { Counts, RunEvent } from '../model/run-event.ts'
import type { RunStatus, StepStatus } from '../model/step-status.ts'
import type { StepEnd } from './step-end.ts'

/**
 * The last event of a run.
 *
 * @param planned - Number of steps in the plan.
 * @param decided - The status of a run that ended before its first step.
 */
export function runEnded(
  planned: number,
  ends: readonly StepEnd[],
  decided: RunStatus | undefined,
): RunEvent {
  const count = (status: StepStatus) => ends.filter((end) => end.status === status).length
  const counts: Counts = {
    passed: count('passed'),
    changed: count('changed'),
    skipped: count('skipped'),
    failed: count('failed'),
    confirmed: count('confirmed'),
    cancelled: count('cancelled'),
    lost: count('lost'),
    notRun: planned - ends.length,
  }
  const status = decided ?? statusOf(counts)
  return { kind: 'run-ended', status, counts, exit: exitOf(status, counts, ends) }
}

function statusOf({ failed, cancelled, lost, notRun }: Counts): RunStatus {
  if (cancelled > 0) return 'cancelled'
  if (lost > 0) return 'lost'
  if (failed > 0) return 'failed'
  // A person stopped between two steps.
  return notRun > 0 ? 'cancelled' : 'passed'
}

/** CLI.md's exit codes: a run that executes nothing exits non-zero. */
function exitOf(status: RunStatus, counts: Counts, ends: readonly StepEnd[]): number {
  if (status === 'cancelled') return 130
  if (ends.some(({ reason }) => reason === 'host-lost')) return 3
  if (status !== 'passed') return 1
  const isDone = ends.some(({ reason }) => reason === 'already-done' || reason === 'equal')
  return counts.passed + counts.changed + counts.confirmed > 0 || isDone ? 0 : 1
}
