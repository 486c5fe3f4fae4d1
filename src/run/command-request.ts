/** Builds the request that sends a step's command to its host's shell. */

import { type Command, expectedOf, type ScriptStep, type ShellStep } from '../model/step.ts'
import type { CommandRequest } from './ports.ts'
import { sudoUser, type StepContext } from './step-context.ts'
import { expandText } from './variables.ts'

export function requestOf(
  step: ShellStep | ScriptStep,
  command: Command,
  { planned, variables, options, session }: StepContext,
): CommandRequest {
  const values = variables.ofPage(planned.runbook)
  const isScript = step.kind === 'script'
  const stdin = isScript
    ? `${step.expand ? expandText(step.text, values) : step.text}\n`
    : undefined
  return {
    command: isScript ? step.run : command.text,
    user: sudoUser({ planned, session }),
    dir: step.dir,
    env: values,
    secrets: variables.secretNames(),
    stdin,
    streams: (expectedOf(step)?.stream ?? 'merged') === 'merged' ? 'merged' : 'apart',
    timeoutMs: options.timeoutMs ?? step.timeoutMs,
    allowed: command.exit ?? step.exit,
  }
}
