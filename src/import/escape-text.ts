import { readPattern } from '../match/read-pattern.ts'
import { promptOfLine } from '../parse/transcript.ts'

/** A line of plain text as Markdown that shows just it. */
export function escapeProse(text: string): string {
  const escaped = text
    .trim()
    .replaceAll(/\\(?=[!-/:-@[-`{-~])/g, '\\\\')
    .replaceAll(/`|<(?=[A-Za-z/!?])|\[(?=[^\]]*\][([:])|\*(?=\S)|(?<=\S)\*/g, String.raw`\$&`)
    .replaceAll(/(?<![A-Za-z0-9])_(?=\S)|(?<=\S)_(?![A-Za-z0-9])/g, String.raw`\_`)
  return escaped.replace(/^(?:[#>+=~-]|\d+[.)](?=\s|$))/, (mark) =>
    /^\d/.test(mark) ? `${mark.slice(0, -1)}\\${mark.slice(-1)}` : `\\${mark}`,
  )
}

/** A printed line as an `output` fence writes it: nothing in it stands for other text. */
export function literalOutput(line: string): string {
  if (/^\s*\\*\.{3}\s*$/.test(line)) return line.replace(/\S/, String.raw`\$&`)
  if (line.trim() === '') return line
  const [pattern] = readPattern(line, new Set()).lines
  const isLiteral =
    pattern?.kind === 'line' &&
    pattern.times === 'once' &&
    pattern.parts.every((part) => part.kind === 'text') &&
    !line.includes(String.raw`\<`)
  return isLiteral ? line : line.replaceAll('<', String.raw`\<`)
}

/** A printed line of a transcript, where a prompt would be a command. */
export function literalTranscript(line: string): string {
  const literal = literalOutput(line)
  return promptOfLine(literal) === undefined ? literal : `\\${literal}`
}

/** As above, and an author's `...` leaves lines out. */
export function literalHoles(line: string): string {
  return /^\s*(?:\.{3,}|…+|\[(?:\.{3}|…|snip)\])\s*$/.test(line) ? '...' : literalOutput(line)
}
