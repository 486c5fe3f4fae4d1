/**
 * Reports a `\` with a blank after it: the command ends there, and its next line is another
 * command.
 */

import { messages } from './messages.ts'
import type { Rule } from './lint-page.ts'
import { lineEndBlanks } from '../parse/line-end-blanks.ts'

export const continuations: Rule = (page, report) => {
  for (const { command, reading, span } of page.commands) {
    for (const place of lineEndBlanks(command.text, reading)) {
      const wrong = span(place)
      const blanks = { start: wrong.start.offset + 1, end: wrong.end.offset, text: '' }
      report.add('RB0315', wrong, messages.blankAfterBackslash, messages.removeBlank, {
        edits: [blanks],
      })
    }
  }
}
