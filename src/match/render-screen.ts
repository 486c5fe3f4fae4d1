/**
 * Output as a terminal would show it, line by line: carriage return and backspace move, erase-line
 * clears, every other escape sequence is dropped, blanks at line ends and empty lines at the end go.
 * Colours are told apart from the text, for those who ask for them.
 *
 * Takes text as it comes and holds one line, so that any amount of output costs no memory. An output
 * without line ends would be one line: from `maxLineLength` on it is cut, and the line says so.
 */

import { LineCells, type StyledText } from './line-cells.ts'
import { codesOf, plainStyle, styleAfter } from './sgr.ts'

export type { StyledText } from './line-cells.ts'

/** In UTF-16 units: the most of one line that is held. */
export const maxLineLength = 16 * 1024 * 1024

export class Screen {
  readonly #emit: (line: string, styled: readonly StyledText[]) => void
  readonly #readsStyles: boolean
  #style = plainStyle
  #codes = ''
  /** The line, while everything came behind what was there; cells cost a hundred times as much. */
  #line = ''
  /** Something was written behind a move of the cursor, or erased: the line is in cells. */
  #cells: LineCells | undefined
  /** The cursor went back to the start, and nothing was written since. */
  #isAtStart = false
  #isCut = false
  /** An escape sequence whose end has not come yet. */
  #pending = ''
  /** Empty lines that are shown only if something follows. */
  #emptyLines = 0

  /**
   * @param emit - Called once for every line that the terminal shows, in order: with its plain text,
   *   and with the same text in parts of one style each.
   * @param readsStyles - Without it every part is plain.
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
      // Most lines end right behind it.
      else if (character === '\r') this.#isAtStart = true
      else if (character === '\b') this.#spread().back()
      at++
    }
  }

  /** Takes text of which nothing but line ends is special, and gives its length. */
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

  /** The line as it is now, before its end. */
  get line(): string {
    return this.#cells?.text ?? this.#line
  }

  /** Shows a last line that has no line end. */
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
    // At the end of a line, where `grep --color` puts it, it erases nothing.
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

/** Looks for one character at a time, which takes a tenth of the time of a class of them. */
function isPlain(text: string): boolean {
  return !['\r', '\b', '\u001b', '\u0007', '\u0000'].some((each) => text.includes(each))
}

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const special = /[\n\r\b\u001b\u0007\u0000]/g

function plainRun(text: string, from: number): number {
  special.lastIndex = from
  return special.exec(text)?.index ?? text.length
}

/** Where an escape sequence ends; `undefined` while more of it may come. */
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
  // OSC, DCS, SOS, PM and APC run up to BEL or ST.
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

/** A whole output as a terminal would show it: lines joined by LF, no last line end. */
export function renderScreen(text: string): string {
  const lines: string[] = []
  const screen = new Screen((line) => lines.push(line))
  screen.push(text)
  screen.end()
  return lines.join('\n')
}
