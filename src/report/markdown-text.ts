import { inertLine } from '../diagnostic/render-github.ts'
import { visibleText } from '../text/visible-text.ts'

/** Foreign text in a line of Markdown: no markup of it may act. */
export function inline(value: string): string {
  const text = visibleText(value).replace(/[\\|<>`*_~&[\]]/g, (mark) => `\\${mark}`)
  // At the start of a line also a heading, a list, a rule or a workflow command.
  return text.replace(/^(?=\s*(?:[#+=:-]|\d+[.)]))/, '\\')
}

/** Foreign text as code in a line, cells of a table among them: a backtick would end it. */
export function code(value: string): string {
  return `\`${visibleText(value).replaceAll('`', "'").replaceAll('|', '\\|')}\``
}

/** As `fenced`, for what a host printed: a log that shows it takes no line for a command. */
export function fencedOutput(language: string, text: string): string {
  return fenced(language, text.split('\n').map(inertLine).join('\n'))
}

/** Foreign text as a fenced block that it cannot close. */
export function fenced(language: string, text: string): string {
  const lines = text.replace(/\n$/, '').split('\n').map(visibleText)
  const longest = lines.reduce(
    (most, line) => Math.max(most, /^\s*(`+)/.exec(line)?.[1]?.length ?? 0),
    2,
  )
  const mark = '`'.repeat(longest + 1)
  return [`${mark}${language}`, ...lines, mark].join('\n')
}
