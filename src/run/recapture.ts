import { matchOutput } from '../match/match-output.ts'
import type { ExpectedOutput } from '../model/expected.ts'
import { commandsOf, expectedOf } from '../model/step.ts'
import { declaredNames } from '../model/runbook.ts'
import type { PlannedStep } from '../plan/plan-run.ts'
import type { DoneStep } from './earlier-life.ts'
import type { RunVariables } from './variables.ts'

/**
 * Takes from a step of an earlier life what its output had set. Secrets are masked in a journal:
 * they have to be given again.
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
