import type { Fence } from './fence.ts'
import type { Span } from './span.ts'

/** The output that a step, or one command of a transcript, must print. */
export interface ExpectedOutput {
  /** Lines joined by LF. Empty: the command must print nothing. */
  readonly text: string
  readonly match: 'lines' | 'contains' | 'json'
  readonly stream: 'merged' | 'stdout' | 'stderr'
  /** Whether a difference fails the step; false for `nocompare`. */
  readonly compare: boolean
  /** For a `background` step: the text is a prefix of the output. */
  readonly isStart?: true
  /**
   * In a transcript's dialog: the lines of `text`, from 0, where input is typed. Output between two
   * of them is compared; if there is none, it is not.
   */
  readonly typed?: readonly { readonly line: number; readonly prompt: string }[]
  readonly span: Span
  /** The `output` fence that holds the text; `undefined` in a transcript. */
  readonly fence: Fence | undefined
}
