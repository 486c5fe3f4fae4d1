/** `sudo` inside a block: `as=` says it once, and the password never waits in a command. */

import { type Rule, simpleCommands } from './lint-page.ts'
import { unwrap } from './unwrap.ts'

export const sudo: Rule = (page, report) => {
  const seen = new Set<unknown>()
  for (const { lint, simple } of simpleCommands(page)) {
    const { sudo: word } = unwrap(simple)
    if (!word || seen.has(lint.step)) continue
    seen.add(lint.step)
    const [, user = 'root'] =
      /(?:^|\s)(?:-u|--user=?)\s*([\w-]+)/.exec(lint.command.text.slice(word.end, word.end + 80)) ??
      []
    report.add(
      'RB0804',
      lint.span(word),
      `\`${word.value}\` inside a block may wait for a password`,
      `write \`{as=${user}}\` on the fence and leave \`${word.value}\` out`,
    )
  }
}
