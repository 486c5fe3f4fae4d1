/** A place in a page's text, as it stands on disk without a byte order mark. */
export interface Point {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
  /** From 0, in UTF-16 units. */
  readonly offset: number
}

/** From `start` up to, not including, `end`. */
export interface Span {
  readonly start: Point
  readonly end: Point
}
