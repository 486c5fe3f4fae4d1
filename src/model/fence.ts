/** A fenced block, with the positions needed to replace its content and keep every other byte. */

import type { Point, Span } from './span.ts'

/** One word of an info string's `{…}`: `#id`, `name=value` or a bare `name`. */
export interface Attribute {
  /** `id` for `#install`. */
  readonly name: string
  /** Unquoted; `undefined` for a bare word. */
  readonly value: string | undefined
  /** The whole word, as written. */
  readonly span: Span
  /** The value inside its quotes; equals `span` for a word without a value. */
  readonly valueSpan: Span
}

export interface Fence {
  /** The info string's first word in lower case; empty if it has none. */
  readonly language: string
  /** The `[label]` that VitePress shows. */
  readonly label: string | undefined
  readonly attributes: readonly Attribute[]
  /** The content: lines joined by LF, without container prefix and final newline. */
  readonly text: string
  /** Start of each content line in the file, after its container prefix. */
  readonly lineStarts: readonly Point[]
  /** The fence, from its opening mark to its closing mark. */
  readonly span: Span
  /** The info string. */
  readonly infoSpan: Span
  /** The content's lines with their line ends; an empty span for an empty block. */
  readonly contentSpan: Span
  /** The text before every content line: a list's indent, a quote's marks. */
  readonly prefix: string
  /** Whether the closing mark is present. */
  readonly closed: boolean
}
