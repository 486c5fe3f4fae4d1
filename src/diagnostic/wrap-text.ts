import { displayWidth } from './display-width.ts'

/**
 * Prose as lines of at most `width` columns: broken at blanks, and between Chinese characters. A
 * longer word stays whole.
 */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of text.match(pieces) ?? []) {
    if (line !== '' && displayWidth(line + piece.trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += piece
  }
  return [...lines, line.trimEnd()]
}

/** A word, or a Chinese character, with the marks that may not begin a line and its blanks. */
const pieces = /(?:[\p{Script=Han}]|[^\s\p{Script=Han}]+)[，。；：！？、）》」]*\s*|\s+/gu
