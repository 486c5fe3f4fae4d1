/** Reports `!(x)` and similar patterns, which bash accepts only after `shopt -s extglob`. */

import { messages } from './messages.ts'
import type { Rule } from './lint-page.ts'
import { plainRanges } from './plain-ranges.ts'

export const extendedGlobs: Rule = (page, report) => {
  if (page.source.text.includes('extglob')) return
  for (const lint of page.commands) {
    const { text } = lint.command
    if (!/[?*+@!]\(/.test(text) || text.includes('[[')) continue
    for (const { start, end } of plainRanges(text, lint.reading)) {
      const match = /(?<![$\w({])[?*+@!]\([^()\s]{0,100}\)/.exec(text.slice(start, end))
      if (!match) continue
      const at = start + match.index
      report.add(
        'RB0311',
        lint.span({ start: at, end: at + match[0].length }),
        messages.extendedGlob(match[0]),
        messages.enableExtglob,
      )
      break
    }
  }
}
