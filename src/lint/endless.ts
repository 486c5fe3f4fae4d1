/** Reports commands that never end: without `background` their step times out. */

import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import { type Rule, simpleCommands } from './lint-page.ts'
import { type Unwrapped, unwrap } from '../parse/unwrap.ts'
import { commandPattern } from './catalogue/command-pattern.ts'
import { endlessCommands } from './catalogue/endless-commands.ts'

export const endless: Rule = (page, report) => {
  for (const { lint, simple } of simpleCommands(page)) {
    if (lint.step.background || simple.isBackground) continue
    const command = unwrap(simple)
    if (command.isTimed) continue
    const help = endlessHelp(command, simple.isPiped)
    if (help === undefined) continue
    const words = command.words.slice(0, 2).filter((word) => word.length < 30)
    const shown = [command.program, ...words].join(' ')
    const last = command.args[words.length - 1] ?? command.name
    const span = lint.span({ start: command.name.start, end: last.end })
    report.add('RB0805', span, messages.commandDoes(shown, messages.neverEnds), help)
  }
}

const known = endlessCommands.map(({ command, ...row }) => ({
  ...row,
  isIt: typeof command === 'string' ? commandPattern(command) : lineTest(command),
}))

function endlessHelp(command: Unwrapped, isPiped: boolean): Message | undefined {
  const found = known.find(({ isIt, endsWithPipe }) => !(isPiped && endsWithPipe) && isIt(command))
  return found?.instead
}

function lineTest(pattern: RegExp) {
  return ({ program, words }: Unwrapped) =>
    pattern.test([program, ...words].join(' ').slice(0, 300))
}
