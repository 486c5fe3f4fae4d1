/**
 * One terminal line as columns, so that later text overwrites earlier text.
 *
 * A Chinese character takes two columns, a tab those up to the next stop, a combining mark none.
 * Overwriting one column of a wide character blanks its other column.
 */

import fastStringWidth from 'fast-string-width'

/** A limit for lines that move the cursor, such as progress bars. */
const maxColumns = 1024 * 1024
const tabStop = 8

/** Marks a column that the character before it also fills. */
const rest = ''

/** A part of a line in one style. */
export interface StyledText {
  readonly text: string
  /** The style's codes, such as `1;31`; empty for plain text. */
  readonly codes: string
}

export class LineCells {
  readonly #cells: string[] = []
  /** Style codes by column. */
  readonly #codes: string[] = []
  #cursor = 0
  /** Whether columns were cut at the end. */
  isCut = false

  /** @param text - The line's text so far. */
  constructor(text: string) {
    this.write(text)
  }

  get text(): string {
    return this.#cells.join('')
  }

  /** The first `length` UTF-16 units, split where the style changes. */
  parts(length: number): readonly StyledText[] {
    const parts: { text: string; readonly codes: string }[] = []
    let taken = 0
    for (const [at, character] of this.#cells.entries()) {
      if (taken >= length) break
      if (character === rest) continue
      taken += character.length
      const codes = this.#codes[at] ?? ''
      const last = parts.at(-1)
      if (last?.codes === codes) last.text += character
      else parts.push({ text: character, codes })
    }
    return parts
  }

  start(): void {
    this.#cursor = 0
  }

  back(): void {
    this.#cursor = Math.max(0, this.#cursor - 1)
  }

  /** @param codes - The style of the new text. */
  write(text: string, codes = ''): void {
    for (const character of text) {
      const width = character === '\t' ? tabStop - (this.#cursor % tabStop) : columnsOf(character)
      if (this.#cursor + width > maxColumns) {
        this.isCut = true
        return
      }
      if (width === 0) this.#combine(character, codes)
      else if (character === '\t' && this.#cursor < this.#cells.length) this.#cursor += width
      else this.#put(character, width, codes)
    }
  }

  /**
   * @param mode - Parameter of the escape sequence `K`: `1` erases up to the cursor, `2` the whole
   * line, any other from the cursor on.
   */
  erase(mode: string): void {
    if (mode === '2') this.#cells.length = 0
    else if (mode === '1') {
      const end = Math.min(this.#cursor + 1, this.#cells.length)
      this.#free(0, end)
      this.#cells.fill(' ', 0, end)
      this.#codes.fill('', 0, end)
    } else {
      this.#free(this.#cursor, this.#cells.length)
      this.#cells.length = Math.min(this.#cells.length, this.#cursor)
    }
    this.#codes.length = Math.min(this.#codes.length, this.#cells.length)
  }

  #put(character: string, width: number, codes: string): void {
    while (this.#cells.length < this.#cursor) this.#cells.push(' ')
    this.#free(this.#cursor, this.#cursor + width)
    this.#cells[this.#cursor] = character
    this.#codes[this.#cursor] = codes
    for (let at = 1; at < width; at++) this.#cells[this.#cursor + at] = rest
    this.#cursor += width
  }

  /** Blanks characters that extend across either end of a range. */
  #free(start: number, end: number): void {
    const blank = (column: number) => {
      if (this.#cells[column] !== rest) return
      let from = column
      while (this.#cells[from] === rest && from > 0) from--
      this.#cells[from] = ' '
      for (let at = from + 1; this.#cells[at] === rest; at++) this.#cells[at] = ' '
    }
    blank(start)
    blank(end)
  }

  #combine(mark: string, codes: string): void {
    let at = Math.min(this.#cursor, this.#cells.length) - 1
    while (at > 0 && this.#cells[at] === rest) at--
    if (at >= 0) this.#cells[at] += mark
    else this.#put(mark, 1, codes)
  }
}

function columnsOf(character: string): number {
  return character < '\u0300' ? 1 : fastStringWidth(character)
}
