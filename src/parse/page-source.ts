/** A page's text and its lines; converts between offsets and positions. */

import type { Point, Span } from '../model/span.ts'
import { lineAt } from './line-starts.ts'

export class PageSource {
  readonly file: string
  /** Without a byte order mark. */
  readonly text: string
  readonly #lineStarts: readonly number[]

  constructor(file: string, text: string) {
    this.file = file
    this.text = text.startsWith('\uFEFF') ? text.slice(1) : text
    const starts = [0]
    for (const match of this.text.matchAll(/\r\n|\n|\r/g))
      starts.push(match.index + match[0].length)
    this.#lineStarts = starts
  }

  get lineCount(): number {
    return this.#lineStarts.length
  }

  /** Offset of a line's start; the text's end for a line past the last. */
  lineStart(line: number): number {
    return this.#lineStarts[line - 1] ?? this.text.length
  }

  /** A line without its line end. */
  line(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineStart(line + 1)).replace(/[\r\n]+$/, '')
  }

  at(line: number, column: number): Point {
    return { line, column, offset: this.lineStart(line) + column - 1 }
  }

  point(offset: number): Point {
    const line = lineAt(this.#lineStarts, offset)
    return { line: line + 1, column: offset - (this.#lineStarts[line] ?? 0) + 1, offset }
  }

  span(start: number, end: number): Span {
    return { start: this.point(start), end: this.point(end) }
  }
}
