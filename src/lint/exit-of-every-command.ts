/**
 * Reports `exit=1` on a block with a command that ends with 0: the attribute applies to every
 * command.
 */

import { messages } from './messages.ts'
import type { Rule } from './lint-page.ts'
import { attributeOf } from '../parse/step-attribute.ts'
import { unwrap } from '../parse/unwrap.ts'

/**
 * Commands that exit with 0 whenever they run. Sources: bash(1), "SHELL BUILTIN COMMANDS"; GNU
 * coreutils manual.
 */
const succeeding = new Set(
  'echo printf cd pwd true : export declare readonly alias mkdir touch sleep set shopt umask cat'.split(
    ' ',
  ),
)

export const exitOfEveryCommand: Rule = (page, report) => {
  const seen = new Set<unknown>()
  for (const { step, command, reading } of page.commands) {
    if (step.exit === 'any' || step.exit.includes(0) || seen.has(step)) continue
    if (!('commands' in step) || step.commands.length < 2 || command.exit) continue
    const last = reading.commands.at(-1)
    const isAlone = reading.commands.length <= 1 && !command.text.includes('||')
    const program = last ? unwrap(last).program : undefined
    // Without a command, the text only assigns variables.
    if (!isAlone || (program !== undefined && !succeeding.has(program))) continue
    if (program === undefined && /[`(]/.test(command.text)) continue
    seen.add(step)
    const [shown = ''] = command.text.split('\n')
    report.add(
      'RB0814',
      attributeOf(step, 'exit')?.span ?? step.span,
      messages.exitOfEvery(
        `exit=${step.exit.join(',')}`,
        shown.length > 40 ? `${shown.slice(0, 40)}…` : shown,
      ),
      messages.failingAlone,
    )
  }
}
