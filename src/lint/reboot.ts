/** Reports commands that take the host down without `reboot`: their step ends as *lost*. */

import type { Mend } from '../diagnostic/diagnostic.ts'
import { addAttribute } from '../parse/info-edits.ts'
import { messages } from './messages.ts'
import { type LintCommand, type LintPage, type Rule, simpleCommands } from './lint-page.ts'
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
      mendOf(page, lint),
    )
  }
}

/** The run waits behind the whole block: what else is in it may be cut off. */
function mendOf({ source }: LintPage, { step, reading }: LintCommand): Mend | undefined {
  if (step.kind !== 'shell' && step.kind !== 'console') return undefined
  const isAlone = step.commands.length === 1 && reading.commands.length === 1
  if (!isAlone) return { left: messages.rebootNotLast }
  return { edits: [addAttribute(step.fence, source, 'reboot')] }
}
