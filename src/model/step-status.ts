/** The step statuses. Every other list of statuses is derived from these. */

export const stepStatuses = [
  'passed',
  'changed',
  'skipped',
  'failed',
  'confirmed',
  'cancelled',
  'lost',
  'unknown',
] as const

export type StepStatus = (typeof stepStatuses)[number]

/** Statuses of a completed step, which a resumed run does not run again. */
export const doneStatuses = ['passed', 'changed', 'skipped', 'confirmed'] as const

export type DoneStatus = (typeof doneStatuses)[number]

export function isDone(status: StepStatus | 'running'): status is DoneStatus {
  return doneStatuses.some((done) => done === status)
}

export const runStatuses = ['passed', 'failed', 'cancelled', 'lost'] as const

export type RunStatus = (typeof runStatuses)[number]
