import type { StepStatus } from './run-event.ts'

/** Of a step that needs nothing more: a resumed run does not run it again. */
export const doneStatuses = ['passed', 'changed', 'skipped', 'confirmed'] as const

export function isDone(status: StepStatus | 'running'): boolean {
  return doneStatuses.some((done) => done === status)
}
