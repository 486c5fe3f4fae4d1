/**
 * Finds, for each command, the variables that still have the reader's value.
 *
 * Once a command sets a variable, or an output captures one, the shell's value counts.
 */

import type { Runbook } from '../model/runbook.ts'
import { commandsOf, expectedOf, type Step } from '../model/step.ts'
import { assignedNames } from './assigned-names.ts'

/** The names at a step, or at one of its commands. */
export type NamesAt = (place: object) => ReadonlySet<string>

export function namesOf({ variables, steps }: Pick<Runbook, 'variables' | 'steps'>): NamesAt {
  const places = new Map<object, ReadonlySet<string>>()
  const none: ReadonlySet<string> = new Set()
  let names: ReadonlySet<string> = new Set(variables.map(({ name }) => name))
  const drop = (gone: Iterable<string>) => {
    const rest = new Set(names)
    for (const name of gone) rest.delete(name)
    if (rest.size < names.size) names = rest
  }
  for (const step of steps) {
    const commands = step.kind === 'script' ? [] : commandsOf(step)
    places.set(step, names)
    for (const command of commands) {
      drop(assignedNames(command.text, names))
      places.set(command, names)
    }
    drop([...step.captures, ...step.secrets, ...keptNames(step)])
  }
  return (place) => places.get(place) ?? none
}

/** Names that an expected output captures: `<NAME>` and `<NAME:RE>`. */
function keptNames(step: Step): readonly string[] {
  const each = step.kind === 'console' ? step.commands.map(({ expects }) => expects) : []
  return [expectedOf(step), ...each].flatMap((expected) =>
    [...(expected?.text ?? '').matchAll(/<([A-Za-z_]\w*)[:>]/g)].map((match) => match[1] ?? ''),
  )
}
