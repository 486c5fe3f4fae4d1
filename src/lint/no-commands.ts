/** Reports shell blocks that contain no commands but output, YAML or a tree of files. */

import { messages } from './messages.ts'
import type { Rule } from './lint-page.ts'

export const noCommands: Rule = (page, report) => {
  for (const { lint, word } of page.noCommands) {
    const shown = word.text.length > 40 ? `${word.text.slice(0, 40)}…` : word.text
    report.add('RB0312', lint.span(word), messages.notACommand(shown), messages.nameTheBlock)
  }
}
