/**
 * Renders output as a terminal would show it, line by line. Carriage return and backspace move the
 * cursor, erase-line erases, every other escape sequence is dropped, and so are trailing blanks and
 * trailing empty lines. Colours are reported on request.
 *
 * Holds one line at a time, so memory does not grow with the output. A line longer than
 * `maxLineLength` is cut and says so.
 */

import { LineCells, type StyledText } from './line-cells.ts'
import { codesOf, plainStyle, styleAfter } from './sgr.ts'

export type { StyledText } from './line-cells.ts'

/** Longest line that is held, in UTF-16 units. */
export const maxLineLength = 16 * 1024 * 1024

export class Screen {
  readonly #emit: (line: string, styled: readonly StyledText[]) => void
  readonly #readsStyles: boolean
  #style = plainStyle
  #codes = ''
  /** The line while text is only appended; cells cost a hundred times as much. */
  #line = ''
  /** Set once text overwrites or erases: the line is then kept in cells. */
  #cells: LineCells | undefined
  /** The cursor is back at the start, and no text has overwritten the line yet. */
  #isAtStart = false
  #isCut = false
  /** An incomplete escape sequence. */
  #pending = ''
  /** Empty lines, shown only if more text follows. */
  #emptyLines = 0

  /**
   * @param emit - Called for every line in order, with its plain text and with the same text split
   * by style.
   * @param readsStyles - If false, every part is plain.
   */
  constructor(
    emit: (line: string, styled: readonly StyledText[]) => void,
    { readsStyles = false }: { readonly readsStyles?: boolean } = {},
  ) {
    this.#emit = emit
    this.#readsStyles = readsStyles
  }

  push(chunk: string): void {
    const text = this.#pending + chunk
    this.#pending = ''
    let at = isPlain(text) ? this.#pushLines(text) : 0
    while (at < text.length) {
      const plain = plainRun(text, at)
      if (plain > at) {
        this.#write(text.slice(at, plain))
        at = plain
        continue
      }
      const character = text[at]
      if (character === '\u001b') {
        const end = escapeEnd(text, at)
        if (end === undefined) {
          this.#pending = text.slice(at, at + 4096)
          return
        }
        this.#escape(text.slice(at, end))
        at = end
        continue
      }
      if (character === '\n') this.#endLine()
      // Only sets a flag, because a line end usually follows.
      else if (character === '\r') this.#isAtStart = true
      else if (character === '\b') this.#spread().back()
      at++
    }
  }

  /** Consumes text whose only special characters are line ends; returns its length. */
  #pushLines(text: string): number {
    let at = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      if (end > at) this.#write(text.slice(at, end))
      this.#endLine()
      at = end + 1
    }
    if (at < text.length) this.#write(text.slice(at))
    return text.length
  }

  /** The unfinished line. */
  get line(): string {
    return this.#cells?.text ?? this.#line
  }

  /** Emits a last line that has no line end. */
  end(): void {
    if (this.line !== '') this.#endLine()
  }

  #write(text: string): void {
    if (!this.#cells && !this.#isAtStart && this.#codes === '') {
      const room = maxLineLength - this.#line.length
      this.#isCut ||= text.length > room
      this.#line += this.#isCut ? text.slice(0, room) : text
      return
    }
    this.#spread().write(text, this.#codes)
  }

  #escape(sequence: string): void {
    if (this.#readsStyles && sequence.endsWith('m')) {
      this.#style = styleAfter(this.#style, sequence)
      this.#codes = codesOf(this.#style)
      return
    }
    if (!sequence.startsWith('\u001b[') || !sequence.endsWith('K')) return
    const mode = sequence.slice(2, -1)
    const isAtEnd = !this.#cells && !this.#isAtStart
    // At the end of a line, where `grep --color` writes it, it erases nothing.
    if (!isAtEnd || mode === '1' || mode === '2') this.#spread().erase(mode)
  }

  #spread(): LineCells {
    this.#cells ??= new LineCells(this.#line)
    this.#line = ''
    if (this.#isAtStart) this.#cells.start()
    this.#isAtStart = false
    return this.#cells
  }

  #endLine(): void {
    const isCut = this.#isCut || this.#cells?.isCut === true
    const line = isCut ? `${this.line} … (a longer line: the rest is cut)` : this.line.trimEnd()
    const styled = this.#cells?.parts(line.length) ?? []
    const shown = styled.reduce((length, { text }) => length + text.length, 0)
    this.#line = ''
    this.#cells = undefined
    this.#isAtStart = false
    this.#isCut = false
    if (line === '') {
      this.#emptyLines++
      return
    }
    for (; this.#emptyLines > 0; this.#emptyLines--) this.#emit('', [])
    this.#emit(line, [...styled, ...plainPart(line.slice(shown))])
  }
}

function plainPart(text: string): readonly StyledText[] {
  return text === '' ? [] : [{ text, codes: '' }]
}

/** Searching for one character at a time is ten times as fast as one character class. */
function isPlain(text: string): boolean {
  return !['\r', '\b', '\u001b', '\u0007', '\u0000'].some((each) => text.includes(each))
}

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const special = /[\n\r\b\u001b\u0007\u0000]/g

function plainRun(text: string, from: number): number {
  special.lastIndex = from
  return special.exec(text)?.index ?? text.length
}

/** End of an escape sequence; `undefined` if it is incomplete. */
function escapeEnd(text: string, start: number): number | undefined {
  const next = text[start + 1]
  if (next === undefined) return undefined
  if (next === '[') {
    for (let at = start + 2; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code >= 0x40 && code <= 0x7e) return at + 1
      if (code < 0x20 || code > 0x7e) return at
    }
    return text.length - start > 256 ? text.length : undefined
  }
  // OSC, DCS, SOS, PM and APC end at BEL or ST.
  if (']PX^_'.includes(next)) {
    for (let at = start + 2; at < text.length; at++) {
      if (text[at] === '\u0007') return at + 1
      if (text[at] === '\u001b' && text[at + 1] === '\\') return at + 2
      if (text[at] === '\n') return at
    }
    return text.length - start > 4096 ? text.length : undefined
  }
  if (next >= ' ' && next <= '/') return text.length > start + 2 ? start + 3 : undefined
  return start + 2
}

/** A whole output as a terminal would show it: lines joined by LF, no final newline. */
export function renderScreen(text: string): string {
  const lines: string[] = []
  const screen = new Screen((line) => lines.push(line))
  screen.push(text)
  screen.end()
  return lines.join('\n')
}
