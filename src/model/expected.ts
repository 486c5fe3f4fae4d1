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
  /** After a `background` step: it is the start of what is printed. */
  readonly isStart?: true
  /**
   * In a transcript's dialog: the lines of `text` at which something is typed, from 0. What stands
   * between two of them is compared; nothing there means that it is not.
   */
  readonly typed?: readonly { readonly line: number; readonly prompt: string }[]
  readonly span: Span
  /** The `output` fence that it stands in; `undefined` in a transcript. */
  readonly fence: Fence | undefined
}
