import type { Lang } from '../model/message.ts'
import { codes } from './codes.ts'
import type { Diagnostic } from './diagnostic.ts'
import { visibleLines, visibleText } from '../text/visible-text.ts'

const commands = { error: 'error', warning: 'warning', hint: 'notice' } as const

/**
 * A diagnostic as a workflow command, which GitHub shows beside the line. One line, no line end.
 */
export function renderGithub(
  { code, message, help, file, span }: Diagnostic,
  lang: Lang = 'en',
): string {
  const { name, severity } = codes[code]
  const { start, end } = span
  const properties = [
    ['file', visibleText(file)],
    ['line', String(start.line)],
    ['endLine', String(end.line)],
    // GitHub accepts columns only for a span within one line.
    ...(start.line === end.line
      ? [
          ['col', String(start.column)],
          ['endColumn', String(end.column)],
        ]
      : []),
    ['title', `${code} ${name}`],
  ]
  const written = properties.map(([key, value]) => `${key}=${escapeProperty(value ?? '')}`)
  const text = help === undefined ? message[lang] : `${message[lang]}\n${help[lang]}`
  return `::${commands[severity]} ${written.join(',')}::${escapeData(visibleLines(text))}`
}

/**
 * Neutralises workflow commands in a line: GitHub reads `::` after any blanks, and `##[` anywhere;
 * Azure and TeamCity read a word between `##` and `[`.
 */
export function inertLine(line: string): string {
  return line.replace(/^(\s*)(?=::)/, '$1\\').replaceAll(/##(?=[\w-]*\[)/g, '#\\#')
}

/** Escapes the message of a workflow command. */
export function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/** Escapes a property of a workflow command, which also ends at `,` and `::`. */
export function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
