/**
 * Reads colour, bold and underline from "select graphic rendition" sequences. Ignores all others,
 * such as blinking, hidden and reversed text.
 */

export interface TextStyle {
  /** The codes of a colour, such as `31` or `38;5;208`; empty for the terminal's default. */
  readonly foreground: string
  readonly background: string
  readonly isBold: boolean
  readonly isUnderlined: boolean
}

export const plainStyle: TextStyle = {
  foreground: '',
  background: '',
  isBold: false,
  isUnderlined: false,
}

/** The style after a sequence such as `ESC[1;31m`; unchanged after any other sequence. */
export function styleAfter(style: TextStyle, sequence: string): TextStyle {
  // oxlint-disable-next-line no-control-regex -- an escape sequence is what is read
  const codes = /^\u001b\[([\d;]*)m$/.exec(sequence)?.[1]
  if (codes === undefined) return style
  const numbers = codes.split(';').map(Number)
  let next = style
  for (let at = 0; at < numbers.length; at++) {
    const code = numbers[at] ?? 0
    if (code === 38 || code === 48) {
      const length = numbers[at + 1] === 5 ? 3 : numbers[at + 1] === 2 ? 5 : 0
      const colour = numbers.slice(at, at + length)
      // With numbers missing, the codes that follow cannot be interpreted.
      if (length === 0 || colour.length < length || colour.slice(2).some((each) => each > 255))
        return next
      const text = colour.join(';')
      next = { ...next, ...(code === 38 ? { foreground: text } : { background: text }) }
      at += length - 1
    } else next = styleAfterCode(next, code)
  }
  return next
}

function styleAfterCode(style: TextStyle, code: number): TextStyle {
  if (code === 0) return plainStyle
  if (code === 1 || code === 22) return { ...style, isBold: code === 1 }
  if (code === 4 || code === 24) return { ...style, isUnderlined: code === 4 }
  if (code === 39) return { ...style, foreground: '' }
  if (code === 49) return { ...style, background: '' }
  if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97))
    return { ...style, foreground: String(code) }
  if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107))
    return { ...style, background: String(code) }
  return style
}

/** The codes that set a style on a plain terminal; empty for plain text. */
export function codesOf({ foreground, background, isBold, isUnderlined }: TextStyle): string {
  return [isBold ? '1' : '', isUnderlined ? '4' : '', foreground, background]
    .filter((code) => code !== '')
    .join(';')
}
