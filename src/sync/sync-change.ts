/** What a sync finds. */

import type { Message } from '../model/message.ts'
import type { StepRecord } from '../model/record.ts'
import type { Runbook } from '../model/runbook.ts'
import type { Step } from '../model/step.ts'
import type { TextEdit } from '../record/splice-bytes.ts'

/** Where in a page an expectation belongs. */
export interface PlaceName {
  readonly step: string
  /** The transcript's command, from 0; `undefined` for an `output` fence. */
  readonly command: number | undefined
}

/** An expectation whose lines would change, or one that would be new. */
export interface SyncChange extends PlaceName {
  readonly platform: string
  /** 1-based, of the fence. */
  readonly line: number
  /** `undefined`: nothing was expected. */
  readonly before: string | undefined
  readonly after: string
  /** Names of the rules that found holes in new lines. */
  readonly rules: readonly string[]
  readonly edits: readonly TextEdit[]
}

/** A recorded output that is not put into the page, and why. */
export interface SyncProblem {
  readonly step: string
  readonly line: number
  readonly message: Message
}

/** A step with its newest record, and the page that it stands in. */
export interface SyncContext {
  readonly page: string
  readonly runbook: Runbook
  readonly step: Step
  readonly recorded: { readonly platform: string; readonly record: StepRecord }
  /** Names of the rules that propose holes. */
  readonly rulesAt: (place: PlaceName) => readonly string[]
}
