/** `sudo` inside a block: `as=` says it once, and the password never waits in a command. */

import { messages } from './messages.ts'
import { type Rule, simpleCommands } from './lint-page.ts'
import type { ShellWord, SimpleCommand } from '../parse/simple-commands.ts'
import { sudoValues, unwrap } from '../parse/unwrap.ts'

export const sudo: Rule = (page, report) => {
  const seen = new Set<unknown>()
  for (const { lint, simple } of simpleCommands(page)) {
    const { sudo: word } = unwrap(simple)
    if (!word || seen.has(lint.step)) continue
    seen.add(lint.step)
    const user = userOf(word, simple) ?? 'root'
    report.add(
      'RB0804',
      lint.span(word),
      messages.commandDoes(word.value, messages.mayWaitForPassword),
      messages.writeAs(user, word.value),
    )
  }
}

/** The user that `sudo` itself is told of: behind its command, `-u` means another thing. */
function userOf(wrapper: ShellWord, { name, args }: SimpleCommand): string | undefined {
  const own = [name, ...args]
  const words = own.slice(own.indexOf(wrapper) + 1).map(({ value }) => value)
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (!word.startsWith('-') && !word.includes('=')) return undefined
    const long = /^--user=(.+)$/.exec(word)?.[1]
    const [, letters, glued] = /^-([A-Za-z]*?)u(.*)$/.exec(word) ?? []
    const user = long ?? (word === '--user' || glued === '' ? words[at + 1] : glued)
    if (letters !== undefined || long !== undefined || word === '--user')
      return user !== undefined && /^[\w-]+$/.test(user) ? user : undefined
    if (sudoValues.has(word)) at++
  }
  return undefined
}
