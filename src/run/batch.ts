/**
 * A batch: what is sent to a host at once. One command, or those of one step whose statuses alone
 * decide: over a slow link such a step waits for its commands, not for the way there and back.
 *
 * Nothing of another step is sent before its turn: when our journal cannot be written any more, or
 * the program dies, the host is at most at the end of the step that was begun.
 */

import { type Command, commandsOf, type ScriptStep, type ShellStep } from '../model/step.ts'
import { requestOf } from './command-request.ts'
import type { CommandRequest } from './ports.ts'
import type { StepContext } from './step-context.ts'

/** @param index - Of the command in the step that is under way. */
export function* restOfBatch(context: StepContext, index: number): Generator<CommandRequest> {
  const { planned, sharesHost } = context
  const { step } = planned
  if (sharesHost || step.reboot) return
  if (step.kind !== 'shell' && step.kind !== 'console' && step.kind !== 'script') return
  const commands = commandsOf(step)
  if (!isPlain(step, commands) || commands[index]?.expects) return
  for (const command of commands.slice(index + 1)) {
    yield requestOf(step, command, context)
    // What it prints may set a variable that the next one finds, also where it is not compared.
    if (command.expects) return
  }
}

/** Nothing is typed into it, and its output is one stream. */
function isPlain(step: ShellStep | ScriptStep, commands: readonly Command[]): boolean {
  const ofStep = step.kind === 'script' ? [] : step.dialog
  const stream = step.expects?.stream ?? 'merged'
  return stream === 'merged' && [ofStep, ...commands.map((each) => each.dialog)].flat().length === 0
}
