/**
 * Reports Chinese words between commands: bash takes them as arguments, so the command does
 * something else.
 */

import { messages } from './messages.ts'
import { isConnector } from './connectors.ts'
import { type Rule, simpleCommands } from './lint-page.ts'
import { unwrap } from '../parse/unwrap.ts'

const chineseOnly = /^[\p{Script=Han}\p{P}]*\p{Script=Han}[\p{Script=Han}\p{P}]*$/u
// A remark in brackets, attached to the word before it: `network（可选）`.
const bracketed = /（[^）]{1,40}）$/
// Commands that take text, or names that may be Chinese. Sources: bash(1), GNU coreutils manual,
// git(1), grep(1), sed(1), gawk(1), find(1), useradd(8).
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
      // One report per command is enough.
      break
    }
  }
}
