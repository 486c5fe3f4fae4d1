/** A position in a page's text, not counting a byte order mark. */
export interface Point {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
  /** From 0, in UTF-16 units. */
  readonly offset: number
}

/** A half-open range: includes `start`, excludes `end`. */
export interface Span {
  readonly start: Point
  readonly end: Point
}
