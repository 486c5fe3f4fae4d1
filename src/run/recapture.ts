import { matchOutput } from '../match/match-output.ts'
import type { ExpectedOutput } from '../model/expected.ts'
import { commandsOf, expectedOf } from '../model/step.ts'
import { declaredNames } from '../model/runbook.ts'
import type { PlannedStep } from '../plan/plan-run.ts'
import type { DoneStep } from './earlier-life.ts'
import type { RunVariables } from './variables.ts'

/**
 * Captures variables again from the output of a step that ended before the run was resumed. Secrets
 * are masked in the journal and must be entered again.
 */
export function recapture(
  { runbook, step }: PlannedStep,
  { commands }: DoneStep,
  variables: RunVariables,
): void {
  const whole = expectedOf(step)
  if (whole) keep(whole, commands)
  for (const [index, { expects }] of commandsOf(step).entries()) {
    const command = commands[index]
    if (expects && command) keep(expects, [command])
  }

  function keep(expected: ExpectedOutput, from: DoneStep['commands']): void {
    const printed = from.flatMap(({ output }) =>
      output.filter(({ stream }) => expected.stream === 'merged' || stream === expected.stream),
    )
    const names = { names: declaredNames(runbook), values: variables.ofPage(runbook) }
    const { captures } = matchOutput(expected, printed.map(({ text }) => text).join(''), names)
    for (const [name, value] of Object.entries(captures)) {
      if (!variables.isSecret(name)) variables.set(name, value)
    }
  }
}
