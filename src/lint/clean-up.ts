/**
 * Reports clean-ups that remove results of earlier steps without `reverts=`: `resume` must know
 * which steps to run again.
 */

import { messages } from './messages.ts'
import { type Rule, simpleCommands } from './lint-page.ts'
import { runText } from './run-text.ts'
import { operands, unwrap } from '../parse/unwrap.ts'

const removing = new Set(['rm', 'rmdir', 'unlink', 'umount', 'userdel', 'groupdel', 'dropdb'])

export const cleanUp: Rule = (page, report) => {
  const seen = new Set<string>()
  const { steps } = page.runbook
  const texts = [...runText(page)]
  for (const { lint, simple } of simpleCommands(page)) {
    const { step } = lint
    if (!step.always || step.reverts.length > 0 || seen.has(step.id)) continue
    const { program, words, name } = unwrap(simple)
    if (!removing.has(program)) continue
    const before = new Set(steps.slice(0, steps.indexOf(step)))
    const makers = texts.filter(
      (text) =>
        before.has(text.step) &&
        !text.step.always &&
        operands(words).some((word) => mentions(text.text, word)),
    )
    const ids = [...new Set(makers.map((maker) => maker.step.id))]
    if (ids.length === 0) continue
    seen.add(step.id)
    report.add(
      'RB0813',
      lint.span(name),
      messages.cleansUp(program, ids[0] ?? ''),
      messages.nameReverted(ids.join(',')),
    )
  }
}

/** Whether a text names the path or the variable in a word. */
function mentions(text: string, word: string): boolean {
  const name = /^\$\{?(\w+)\}?/.exec(word)?.[1] ?? word.replace(/\/?\*?$/, '')
  if (name.length < 2) return false
  return text.includes(name)
}
