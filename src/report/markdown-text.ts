import { visibleText } from '../diagnostic/visible-text.ts'

/** Foreign text in a line of Markdown: no markup of it may act. */
export function inline(value: string): string {
  return visibleText(value).replace(/[\\|<>`*_[\]]/g, (mark) => `\\${mark}`)
}

/** Foreign text as a fenced block that it cannot close. */
export function fenced(language: string, text: string): string {
  const lines = text.replace(/\n$/, '').split('\n').map(visibleText)
  const longest = Math.max(2, ...lines.map((line) => /^\s*(`+)/.exec(line)?.[1]?.length ?? 0))
  const mark = '`'.repeat(longest + 1)
  return [`${mark}${language}`, ...lines, mark].join('\n')
}
