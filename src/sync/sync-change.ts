/** The results of a sync. */

import type { Message } from '../model/message.ts'
import type { Runbook } from '../model/runbook.ts'
import type { Step } from '../model/step.ts'
import type { RecordedStep } from '../record/recorded-step.ts'
import type { TextEdit } from '../text/apply-edits.ts'
import type { LineChange } from './line-changes.ts'

/** The place of an expectation on a page. */
export interface PlaceName {
  readonly step: string
  /** Index of the transcript's command; `undefined` for an `output` fence. */
  readonly command: number | undefined
}

/** A changed or new expectation. */
export interface SyncChange extends PlaceName {
  readonly platform: string
  /** Line of the fence, from 1. */
  readonly line: number
  /** `undefined`: there was no expectation. */
  readonly before: string | undefined
  readonly after: string
  /** The rules that proposed holes in new lines. */
  readonly rules: readonly string[]
  /** All proposed lines, also those that `edits` leaves out. */
  readonly lines: readonly LineChange[]
  readonly edits: readonly TextEdit[]
}

/** A recorded output that cannot be written into the page, with the reason. */
export interface SyncProblem {
  readonly step: string
  readonly line: number
  readonly message: Message
}

/** A step with its newest record and its page. */
export interface SyncContext {
  readonly page: string
  readonly runbook: Runbook
  readonly step: Step
  readonly recorded: RecordedStep
  /** The rules that propose holes. */
  readonly rulesAt: (place: PlaceName) => readonly string[]
  readonly isWantedLine: (place: PlaceName, line: number) => boolean
}
