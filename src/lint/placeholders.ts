/** Reports `<name>` between two words: bash reads the file `name` and writes to the next word. */

import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import { type Rule, simpleCommands } from './lint-page.ts'

export const placeholders: Rule = (page, report) => {
  for (const { lint, simple } of simpleCommands(page)) {
    const { text } = lint.command
    for (const { operator, target, start } of simple.redirects) {
      if (operator !== '<' || !target || text[start] !== '<') continue
      const word = /^<[A-Za-z][\w.-]*>/.exec(text.slice(start, start + 80))?.[0]
      if (word === undefined) continue
      const name = word.slice(1, -1).replaceAll(/\W/g, '_').toUpperCase()
      report.add(
        'RB0310',
        lint.span({ start, end: start + word.length }),
        messages.redirection(word),
        shared.writeAndDeclare(name),
      )
    }
  }
}
