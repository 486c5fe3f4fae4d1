import { codes } from './codes.ts'
import type { Diagnostic } from './diagnostic.ts'
import { displayWidth } from './display-width.ts'
import { visibleText } from './visible-text.ts'

/**
 * Draws a diagnostic over the line that it points at, as rustc does. No colour, no last newline.
 *
 * @param source - The page's text; `undefined` where it could not be read.
 */
export function renderDiagnostic(diagnostic: Diagnostic, source: string | undefined): string {
  const { code, message, help, file, span } = diagnostic
  const { start, end } = span
  const margin = ' '.repeat(String(start.line).length)
  const line = source === undefined ? undefined : linesOf(source)[start.line - 1]
  const drawn = [
    `${codes[code].severity}[${code}]: ${visibleText(message)}`,
    `${margin}--> ${visibleText(file)}:${start.line}:${start.column}`,
  ]
  if (line !== undefined) {
    const last = end.line === start.line ? end.column - 1 : line.length
    const before = visibleText(line.slice(0, start.column - 1))
    const marked = visibleText(line.slice(start.column - 1, last))
    drawn.push(
      `${margin} |`,
      `${start.line} | ${visibleText(line)}`,
      `${margin} | ${' '.repeat(displayWidth(before))}${'^'.repeat(Math.max(1, displayWidth(marked)))}`,
    )
  }
  if (help !== undefined) drawn.push(`${margin} = help: ${visibleText(help)}`)
  return drawn.join('\n')
}

/** Of the page that was drawn last: a page may have thousands of diagnostics. */
let last: { readonly source: string; readonly lines: readonly string[] } | undefined

function linesOf(source: string): readonly string[] {
  if (last?.source !== source) last = { source, lines: source.split(/\r\n|\n|\r/) }
  return last.lines
}
