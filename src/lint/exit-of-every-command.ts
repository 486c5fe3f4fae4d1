/** `exit=1` holds for every command of its block: one that ends with 0 fails the step. */

import { messages } from './messages.ts'
import type { Rule } from './lint-page.ts'
import { attributeOf } from '../parse/step-attribute.ts'
import { unwrap } from '../parse/unwrap.ts'

/** They end with 0, as far as they run at all. */
const succeeding = new Set(
  'echo printf cd pwd true : export declare readonly alias mkdir touch sleep set shopt umask cat'.split(
    ' ',
  ),
)

export const exitOfEveryCommand: Rule = (page, report) => {
  const seen = new Set<unknown>()
  for (const { step, command, reading } of page.commands) {
    if (step.exit === 'any' || step.exit.includes(0) || seen.has(step)) continue
    if (!('commands' in step) || step.commands.length < 2) continue
    const last = reading.commands.at(-1)
    const isAlone = reading.commands.length <= 1 && !command.text.includes('||')
    const program = last ? unwrap(last).program : undefined
    // Without a command there are assignments only.
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
