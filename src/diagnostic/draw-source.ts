import type { Span } from '../model/span.ts'
import { displayWidth } from '../text/display-width.ts'
import { visibleText } from '../text/visible-text.ts'

/**
 * Draws the first line of a span and marks its words, as rustc does.
 *
 * @param source - The page's text, with or without a byte order mark; `undefined` if unreadable.
 * Draws nothing if the text has no such line.
 */
export function drawSource({ start, end }: Span, source: string | undefined): readonly string[] {
  const margin = marginOf({ start })
  const line = source === undefined ? undefined : linesOf(source)[start.line - 1]
  if (line === undefined) return []
  const to = end.line === start.line ? end.column - 1 : line.length
  const before = visibleText(line.slice(0, start.column - 1))
  const marked = visibleText(line.slice(start.column - 1, to))
  return [
    `${margin} |`,
    `${start.line} | ${visibleText(line)}`,
    `${margin} | ${' '.repeat(displayWidth(before))}${'^'.repeat(Math.max(1, displayWidth(marked)))}`,
  ]
}

/** Blanks as wide as the line's number. */
export function marginOf({ start }: Pick<Span, 'start'>): string {
  return ' '.repeat(String(start.line).length)
}

/** Caches the last page, because a page may have thousands of diagnostics. */
let last: { readonly source: string; readonly lines: readonly string[] } | undefined

function linesOf(source: string): readonly string[] {
  if (last?.source !== source) {
    last = { source, lines: source.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/) }
  }
  return last.lines
}
