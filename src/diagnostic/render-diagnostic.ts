import { codes } from './codes.ts'
import type { Diagnostic } from './diagnostic.ts'
import { drawSource, marginOf } from './draw-source.ts'
import { visibleText } from '../text/visible-text.ts'
import { wrapLabelled } from '../text/wrap-text.ts'

/**
 * Draws a diagnostic over the line that it points at, as rustc does. No colour, no last newline.
 *
 * @param source - The page's text; `undefined` where it could not be read.
 * @param columns - Of the terminal; sentences that are longer are broken at words.
 */
export function renderDiagnostic(
  { code, message, help, file, span }: Diagnostic,
  source: string | undefined,
  columns = Infinity,
): string {
  const { start } = span
  const margin = marginOf(span)
  const sentence = (label: string, text: string) => wrapLabelled(label, visibleText(text), columns)
  return [
    ...sentence(`${codes[code].severity}[${code}]: `, message),
    `${margin}--> ${visibleText(file)}:${start.line}:${start.column}`,
    ...drawSource(span, source),
    ...(help === undefined ? [] : sentence(`${margin} = help: `, help)),
  ].join('\n')
}
