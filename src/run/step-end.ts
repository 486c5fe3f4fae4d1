import type { FileBackup, Reason } from '../model/run-event.ts'
import { isDone, type StepStatus } from '../model/step-status.ts'

/** How a step ended; the content of its `step-ended` event. */
export interface StepEnd {
  readonly status: StepStatus
  readonly reason: Reason | null
  readonly message: string
  readonly exit: number | null
  readonly diff?: string
  /** First differing line of the expected text, from 1. */
  readonly expectedLine?: number
  readonly backup?: FileBackup
  /** The page's advice for this failure. */
  readonly answer?: string
}

export function isGood({ status }: Pick<StepEnd, 'status'>): boolean {
  return isDone(status)
}

export function skipped(reason: Reason, message: string): StepEnd {
  return { status: 'skipped', reason, message, exit: null }
}

/** The diff contains output, so it is hidden with it. */
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
