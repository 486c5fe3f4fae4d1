/** Chinese words between commands: to bash they are arguments, and the command does another thing. */

import { messages } from './messages.ts'
import { isConnector } from './connectors.ts'
import { type Rule, simpleCommands } from './lint-page.ts'
import { unwrap } from '../parse/unwrap.ts'

const chineseOnly = /^[\p{Script=Han}\p{P}]*\p{Script=Han}[\p{Script=Han}\p{P}]*$/u
// A remark in brackets, glued to the word before it: `network（可选）`.
const bracketed = /（[^）]{1,40}）$/
// Commands to which words are text, or names that may be Chinese.
const textual = new Set(
  'echo printf cd mkdir touch cat ls rm cp mv git grep egrep sed awk find say notify-send espeak logger useradd'.split(
    ' ',
  ),
)

export const remarks: Rule = (page, report) => {
  for (const { lint, simple } of simpleCommands(page)) {
    const { name, args, program } = unwrap(simple)
    if (chineseOnly.test(name.text)) {
      const message = messages.remarkAsCommand(name.text)
      report.add('RB0308', lint.span(name), message, messages.remarkPlace)
      continue
    }
    if (textual.has(program)) continue
    for (const word of args) {
      if (/['"]/.test(word.text)) continue
      const joins = isConnector(word.text)
      const remark =
        joins || chineseOnly.test(word.text) ? word.text : bracketed.exec(word.text)?.[0]
      if (remark === undefined) continue
      const help = joins ? messages.twoBlocks : messages.remarkOrQuote
      const start = word.end - remark.length
      report.add(
        'RB0308',
        lint.span({ start, end: word.end }),
        messages.remarkAsArgument(remark, program),
        help,
      )
      // One says what is wrong with the command.
      break
    }
  }
}
