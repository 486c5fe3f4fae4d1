import type { Fence } from '../model/fence.ts'
import type { Point, Span } from '../model/span.ts'

/** Turns places in a fence's text into places on the page. */
export class FencePlaces {
  readonly #fence: Fence
  /** Where each line starts in the text. */
  readonly #starts: readonly number[]

  constructor(fence: Fence) {
    this.#fence = fence
    const starts = [0]
    for (let at = fence.text.indexOf('\n'); at !== -1; at = fence.text.indexOf('\n', at + 1))
      starts.push(at + 1)
    this.#starts = starts
  }

  /** @param offset - From 0, in the fence's text. */
  point(offset: number): Point {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return this.at(low, offset - (this.#starts[low] ?? 0))
  }

  span(start: number, end: number): Span {
    return { start: this.point(start), end: this.point(Math.min(end, this.#fence.text.length)) }
  }

  /** @param line - From 0; a line past the last is the end of the fence. */
  at(line: number, column: number): Point {
    const start = this.#fence.lineStarts[line]
    if (!start) return this.#fence.span.end
    return { line: start.line, column: start.column + column, offset: start.offset + column }
  }
}
