/** A file as lines with their own line ends, so that unchanged lines keep every byte. */

import { FileProblem } from './file-problem.ts'

export interface FileLine {
  readonly text: string
  /** `\n`, `\r\n`, or empty for a last line without line end. */
  readonly end: string
}

/** A UTF-8 byte order mark as bytes. */
const byteOrderMark = '\u00ef\u00bb\u00bf'

export class FileLines {
  readonly #mark: string
  readonly #lines: FileLine[]
  readonly #newline: string

  /**
   * @param bytes - One character a byte.
   * @throws {FileProblem} For a binary file.
   */
  constructor(bytes: string) {
    if (bytes.includes('\0')) throw new FileProblem('binary')
    if (bytes.includes('\r') && !bytes.includes('\n')) throw new FileProblem('bare-cr')
    this.#mark = bytes.startsWith(byteOrderMark) ? byteOrderMark : ''
    this.#lines = splitLines(bytes.slice(this.#mark.length))
    const windows = this.#lines.filter(({ end }) => end === '\r\n').length
    const unix = this.#lines.filter(({ end }) => end === '\n').length
    this.#newline = windows > unix ? '\r\n' : '\n'
  }

  get texts(): readonly string[] {
    return this.#lines.map(({ text }) => text)
  }

  /** Empty for a line past the end. */
  textAt(index: number): string {
    return this.#lines[index]?.text ?? ''
  }

  get lines(): readonly FileLine[] {
    return this.#lines
  }

  /** Replaces a line's text; keeps its line end. */
  set(index: number, text: string): void {
    const line = this.#lines[index]
    if (!line) throw new Error(`unreachable: the file has no line ${index}`)
    this.#lines[index] = { ...line, text }
  }

  /** Replaces lines, using the file's most common line end. */
  splice(from: number, count: number, texts: readonly string[]): void {
    const last = this.#lines.at(-1)
    const isAtEnd = from + count >= this.#lines.length
    const lines = texts.map((text) => ({ text, end: this.#newline }))
    // Replacing a last line without a line end keeps it so.
    if (isAtEnd && count > 0 && last?.end === '') {
      const closing = lines.at(-1)
      if (closing) lines[lines.length - 1] = { ...closing, end: '' }
    }
    this.#lines.splice(from, count, ...lines)
    this.#endLines()
  }

  /** Replaces lines by lines that bring their own line ends. */
  spliceLines(from: number, count: number, lines: readonly FileLine[]): void {
    this.#lines.splice(from, count, ...lines)
    this.#endLines()
  }

  /** The line end for new lines. */
  get newline(): string {
    return this.#newline
  }

  toString(): string {
    return this.#mark + this.#lines.map(({ text, end }) => text + end).join('')
  }

  /** Adds a missing line end to all lines but the last. */
  #endLines(): void {
    for (const [index, line] of this.#lines.entries()) {
      if (line.end === '' && index < this.#lines.length - 1)
        this.#lines[index] = { ...line, end: this.#newline }
    }
  }
}

function splitLines(text: string): FileLine[] {
  return (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => {
    const [end = ''] = /\r?\n$/.exec(line) ?? []
    return { text: line.slice(0, line.length - end.length), end }
  })
}
