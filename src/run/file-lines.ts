/**
 * A file as lines that keep their own line ends, so that lines which are not spoken of stay as they
 * are, byte for byte.
 */

import { FileProblem } from './file-problem.ts'

export interface FileLine {
  readonly text: string
  /** `\n`, `\r\n`, or nothing at the end of a file without a last line end. */
  readonly end: string
}

/** What a UTF-8 byte order mark is as bytes. */
const byteOrderMark = '\u00ef\u00bb\u00bf'

export class FileLines {
  readonly #mark: string
  readonly #lines: FileLine[]
  readonly #newline: string

  /**
   * @param bytes - One character a byte.
   * @throws {FileProblem} For what has no lines.
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

  /** Empty for a line that the file does not have. */
  textAt(index: number): string {
    return this.#lines[index]?.text ?? ''
  }

  get lines(): readonly FileLine[] {
    return this.#lines
  }

  /** Changes what a line says; its end stays. */
  set(index: number, text: string): void {
    const line = this.#lines[index]
    if (!line) throw new Error(`unreachable: the file has no line ${index}`)
    this.#lines[index] = { ...line, text }
  }

  /** Puts new lines in the place of old ones, with the line end that most lines of the file have. */
  splice(from: number, count: number, texts: readonly string[]): void {
    const last = this.#lines.at(-1)
    const isAtEnd = from + count >= this.#lines.length
    const lines = texts.map((text) => ({ text, end: this.#newline }))
    // A last line without an end stays one if it is only replaced.
    if (isAtEnd && count > 0 && last?.end === '') {
      const closing = lines.at(-1)
      if (closing) lines[lines.length - 1] = { ...closing, end: '' }
    }
    this.#lines.splice(from, count, ...lines)
    this.#endLines()
  }

  /** Puts lines with ends of their own in the place of old ones. */
  spliceLines(from: number, count: number, lines: readonly FileLine[]): void {
    this.#lines.splice(from, count, ...lines)
    this.#endLines()
  }

  /** Of the lines that are added. */
  get newline(): string {
    return this.#newline
  }

  toString(): string {
    return this.#mark + this.#lines.map(({ text, end }) => text + end).join('')
  }

  /** Only the last line may lack an end. */
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
