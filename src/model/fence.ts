/**
 * A fenced block with everything needed to replace its content and leave every other byte alone.
 */

import type { Point, Span } from './span.ts'

/** One word of an info string's `{…}`: `#id`, `name=value` or a bare `name`. */
export interface Attribute {
  /** `id` for `#install`. */
  readonly name: string
  /** Unquoted; `undefined` for a bare word. */
  readonly value: string | undefined
  /** The whole word. */
  readonly span: Span
  /** The value inside its quotes; the whole word where there is none. */
  readonly valueSpan: Span
}

export interface Fence {
  /** The info string's first word in lower case; empty where there is none. */
  readonly language: string
  /** VitePress's `[label]`. */
  readonly label: string | undefined
  readonly attributes: readonly Attribute[]
  /** The content, its lines joined by LF, without container prefix and without a last newline. */
  readonly text: string
  /** Where each content line starts in the file, after its container prefix. */
  readonly lineStarts: readonly Point[]
  /** The fence with both marks. */
  readonly span: Span
  /** The info string. */
  readonly infoSpan: Span
  /** Whole content lines with their line ends: empty where there are none. */
  readonly contentSpan: Span
  /** What stands before every content line: a list's indent, a quote's marks. */
  readonly prefix: string
  /** Whether the closing mark is there. */
  readonly closed: boolean
}
