/** A host that goes down without `reboot`: its step ends as *lost*. */

import { messages } from './messages.ts'
import { type Rule, simpleCommands } from './lint-page.ts'
import { operands, unwrap } from '../parse/unwrap.ts'

export const reboot: Rule = (page, report) => {
  for (const { lint, simple } of simpleCommands(page)) {
    if (lint.step.reboot) continue
    const { program, words, name } = unwrap(simple)
    const [first = ''] = operands(words)
    const goesDown =
      program === 'reboot' ||
      (program === 'shutdown' && words.includes('-r')) ||
      (program === 'systemctl' && first === 'reboot') ||
      (/^(?:init|telinit)$/.test(program) && first === '6')
    if (!goesDown) continue
    report.add(
      'RB0812',
      lint.span(name),
      messages.commandDoes(program, messages.takesHostDown),
      messages.markReboot,
    )
  }
}
