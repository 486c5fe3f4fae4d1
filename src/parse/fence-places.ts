import type { Fence } from '../model/fence.ts'
import type { Point, Span } from '../model/span.ts'
import { lineAt, lineStartsOf } from './line-starts.ts'

/** Maps positions in a fence's text to positions on the page. */
export class FencePlaces {
  readonly #fence: Fence
  /** Offset of each line in the text. */
  readonly #starts: readonly number[]

  constructor(fence: Fence) {
    this.#fence = fence
    this.#starts = lineStartsOf(fence.text)
  }

  /** @param offset - From 0, in the fence's text. */
  point(offset: number): Point {
    const line = lineAt(this.#starts, offset)
    return this.at(line, offset - (this.#starts[line] ?? 0))
  }

  span(start: number, end: number): Span {
    return { start: this.point(start), end: this.point(Math.min(end, this.#fence.text.length)) }
  }

  /** @param line - From 0; a line past the last maps to the end of the fence. */
  at(line: number, column: number): Point {
    const start = this.#fence.lineStarts[line]
    if (!start) return this.#fence.span.end
    return { line: start.line, column: start.column + column, offset: start.offset + column }
  }
}
