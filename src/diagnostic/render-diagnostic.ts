import { drawn as messages } from './messages.ts'
import { labelled } from './labelled.ts'
import type { Lang } from '../model/message.ts'
import { codes } from './codes.ts'
import type { Diagnostic } from './diagnostic.ts'
import { drawSource, marginOf } from './draw-source.ts'
import { visibleText } from '../text/visible-text.ts'
import { wrapLabelled } from '../text/wrap-text.ts'

export interface Drawing {
  readonly lang?: Lang
  /** Width of the terminal; longer sentences wrap at words. */
  readonly columns?: number
  /** Says why `lint --fix` left it. */
  readonly showsLeft?: boolean
}

/**
 * Draws a diagnostic over the line that it points at, as rustc does. No colour, no final newline.
 *
 * @param source - The page's text; `undefined` if it could not be read.
 */
export function renderDiagnostic(
  { code, message, help, file, span, left }: Diagnostic,
  source: string | undefined,
  { lang = 'en', columns = Infinity, showsLeft = false }: Drawing = {},
): string {
  const { start } = span
  const margin = marginOf(span)
  const sentence = (label: string, text: string) => wrapLabelled(label, visibleText(text), columns)
  return [
    ...sentence(labelled(codes[code].severity, lang, code), message[lang]),
    `${margin}--> ${visibleText(file)}:${start.line}:${start.column}`,
    ...drawSource(span, source),
    ...(help === undefined ? [] : sentence(`${margin} = ${labelled('help', lang)}`, help[lang])),
    ...(showsLeft && left !== undefined
      ? sentence(`${margin} = ${labelled('note', lang)}`, messages.notFixed(left)[lang])
      : []),
  ].join('\n')
}
