import type { Fence } from './fence.ts'
import type { Span } from './span.ts'

/** What a step, or one command of a transcript, must print. */
export interface ExpectedOutput {
  /** Lines joined by LF; empty means: prints nothing. */
  readonly text: string
  readonly match: 'lines' | 'contains' | 'json'
  readonly stream: 'merged' | 'stdout' | 'stderr'
  /** Whether a difference counts (`nocompare` says it does not). */
  readonly compare: boolean
  readonly span: Span
  /** The `output` fence that it stands in; `undefined` in a transcript. */
  readonly fence: Fence | undefined
}
