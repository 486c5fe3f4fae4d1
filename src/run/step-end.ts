import type { FileBackup, Reason } from '../model/run-event.ts'
import { isDone, type StepStatus } from '../model/step-status.ts'

/** How a step ended: what its `step-ended` event says. */
export interface StepEnd {
  readonly status: StepStatus
  readonly reason: Reason | null
  readonly message: string
  readonly exit: number | null
  readonly diff?: string
  /** Line of the expected text, from 1, at which the output differs first. */
  readonly expectedLine?: number
  readonly backup?: FileBackup
  /** The name of the page's own answer to this failure. */
  readonly answer?: string
}

export function isGood({ status }: Pick<StepEnd, 'status'>): boolean {
  return isDone(status)
}

export function skipped(reason: Reason, message: string): StepEnd {
  return { status: 'skipped', reason, message, exit: null }
}

/** The difference is output: where that is not to be shown, neither is this. */
export function withoutOutput(end: StepEnd): StepEnd {
  const { diff, expectedLine: _, ...rest } = end
  return diff === undefined ? end : rest
}

export function failed(reason: Reason, message: string, exit: number | null = null): StepEnd {
  return { status: 'failed', reason, message, exit }
}

export function interrupted(message: string): StepEnd {
  return { status: 'cancelled', reason: 'interrupted', message, exit: null }
}
