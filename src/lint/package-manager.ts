/** Reports package managers that ask before they act: without a terminal they stop there. */

import { shared } from '../diagnostic/messages.ts'
import { asks, messages } from './messages.ts'
import { insertion, type Rule, simpleCommands } from './lint-page.ts'
import { unwrap } from '../parse/unwrap.ts'
import { hasOneOf } from './catalogue/command-pattern.ts'
import { packageManagers } from './catalogue/package-managers.ts'

const managers = new Map(
  packageManagers.flatMap(({ programs, answered, ...row }) =>
    programs.split(' ').map((program) => [program, { ...row, isAnswered: hasOneOf(answered) }]),
  ),
)

// Commands that are safe to confirm without asking. Sources: as in `catalogue/package-managers.ts`.
const harmless = /^(?:install|reinstall|localinstall|groupinstall|in|create|-S)$/

export const packageManager: Rule = (page, report) => {
  for (const { lint, simple } of simpleCommands(page)) {
    if (simple.isFed || lint.command.dialog.length > 0) continue
    if ('dialog' in lint.step && lint.step.dialog.length > 0) continue
    const { program, args, words } = unwrap(simple)
    const manager = managers.get(program)
    if (!manager || manager.isAnswered(words)) continue
    const verb = args.find(({ value }) => !value.startsWith('-') || manager.verbs.test(value))
    if (!verb || !manager.verbs.test(verb.value)) continue
    const span = lint.span(verb)
    const fix = harmless.test(verb.value)
      ? { edits: [insertion(span.end, ` ${manager.yes}`)] }
      : undefined
    report.add(
      'RB0803',
      span,
      messages.commandDoes(`${program} ${verb.value}`, asks.goesOn),
      shared.write(`${program} ${verb.value} ${manager.yes}`),
      fix,
    )
  }
}
