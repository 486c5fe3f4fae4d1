/**
 * Output as a terminal would show it, line by line: carriage return and backspace move, erase-line
 * clears, every other escape sequence is dropped, blanks at line ends and empty lines at the end go.
 * Colours are told apart from the text, for those who ask for them.
 *
 * Takes text as it comes and holds one line, so that any amount of output costs no memory. A line
 * is cut at `maxLineLength`, because an output without line ends would otherwise be one.
 */

import { codesOf, plainStyle, styleAfter } from './sgr.ts'

export const maxLineLength = 65_536

/** A part of a line in one style. */
export interface StyledText {
  readonly text: string
  /** The codes of its style, such as `1;31`; empty for plain text. */
  readonly codes: string
}

export class Screen {
  readonly #emit: (line: string, styled: readonly StyledText[]) => void
  readonly #readsStyles: boolean
  #style = plainStyle
  #codes = ''
  /** The line, while everything came behind what was there; cells cost a hundred times as much. */
  #line = ''
  /** Something moved the cursor or erased: the line is in cells. */
  #isMoved = false
  #cells: string[] = []
  /** The codes of each cell's style. */
  #cellCodes: string[] = []
  #cursor = 0
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
      else if (character === '\r' || character === '\b') {
        this.#spread()
        this.#cursor = character === '\r' ? 0 : Math.max(0, this.#cursor - 1)
      }
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
    return this.#isMoved ? this.#cells.join('') : this.#line
  }

  /** Shows a last line that has no line end. */
  end(): void {
    if (this.#line !== '' || this.#cells.length > 0) this.#endLine()
  }

  #write(text: string): void {
    const isAppended = !this.#isMoved && this.#codes === ''
    if (isAppended && this.#line.length + text.length <= maxLineLength) {
      this.#line += text
      return
    }
    this.#spread()
    for (const character of text) {
      if (this.#cursor >= maxLineLength) return
      while (this.#cells.length < this.#cursor) this.#putCell(this.#cells.length, ' ', '')
      this.#putCell(this.#cursor++, character, this.#codes)
    }
  }

  #putCell(at: number, character: string, codes: string): void {
    this.#cells[at] = character
    if (this.#readsStyles) this.#cellCodes[at] = codes
  }

  #escape(sequence: string): void {
    if (this.#readsStyles && sequence.endsWith('m')) {
      this.#style = styleAfter(this.#style, sequence)
      this.#codes = codesOf(this.#style)
      return
    }
    if (!sequence.startsWith('\u001b[') || !sequence.endsWith('K')) return
    this.#spread()
    const mode = sequence.slice(2, -1)
    if (mode === '1') {
      const erased = Math.min(this.#cursor + 1, this.#cells.length)
      this.#cells.fill(' ', 0, erased)
      this.#cellCodes.fill('', 0, erased)
    } else if (mode === '2') this.#cells = []
    else this.#cells.length = Math.min(this.#cells.length, this.#cursor)
  }

  #spread(): void {
    if (this.#isMoved) return
    this.#isMoved = true
    this.#cells = Array.from(this.#line)
    if (this.#readsStyles) this.#cellCodes = this.#cells.map(() => '')
    this.#cursor = this.#cells.length
    this.#line = ''
  }

  #endLine(): void {
    const line = (this.#isMoved ? this.#cells.join('') : this.#line).trimEnd()
    const styled = this.#styled(line)
    this.#line = ''
    this.#isMoved = false
    this.#cells = []
    this.#cursor = 0
    if (line === '') {
      this.#emptyLines++
      return
    }
    for (; this.#emptyLines > 0; this.#emptyLines--) this.#emit('', [])
    this.#emit(line, styled)
  }

  #styled(line: string): readonly StyledText[] {
    if (!this.#readsStyles || !this.#isMoved) return [{ text: line, codes: '' }]
    const parts: { text: string; readonly codes: string }[] = []
    let length = 0
    for (const [at, character] of this.#cells.entries()) {
      if (length >= line.length) break
      length += character.length
      const codes = this.#cellCodes[at] ?? ''
      const last = parts.at(-1)
      if (last?.codes === codes) last.text += character
      else parts.push({ text: character, codes })
    }
    return parts
  }
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
