import { inertLine } from '../diagnostic/render-github.ts'
import { visibleText } from '../text/visible-text.ts'

/** Foreign text within a line of Markdown, with all markup escaped. */
export function inline(value: string): string {
  const text = visibleText(value).replace(/[\\|<>`*_~&[\]]/g, (mark) => `\\${mark}`)
  // At the start of a line, escape headings, lists, rules and workflow commands as well.
  return text.replace(/^(?=\s*(?:[#+=:-]|\d+[.)]))/, '\\')
}

/** Foreign text as inline code, safe in table cells and with backticks in it. */
export function code(value: string): string {
  return `\`${visibleText(value).replaceAll('`', "'").replaceAll('|', '\\|')}\``
}

/** Like `fenced`, for a host's output; also defuses workflow commands for a log that shows it. */
export function fencedOutput(language: string, text: string): string {
  return fenced(language, text.split('\n').map(inertLine).join('\n'))
}

/** Foreign text as a fenced block that the text cannot close. */
export function fenced(language: string, text: string): string {
  const lines = text.replace(/\n$/, '').split('\n').map(visibleText)
  const longest = lines.reduce(
    (most, line) => Math.max(most, /^\s*(`+)/.exec(line)?.[1]?.length ?? 0),
    2,
  )
  const mark = '`'.repeat(longest + 1)
  return [`${mark}${language}`, ...lines, mark].join('\n')
}
