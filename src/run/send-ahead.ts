/**
 * Which commands may be sent to a host before the ones before them have ended: those that come
 * next whatever is printed, as long as statuses are as the page allows. Over a slow link a run then
 * waits for its commands, not for the way there and back.
 *
 * Nothing that is asked, judged, captured or confirmed is run before its turn: there it stops.
 */

import {
  type Command,
  commandsOf,
  expectedOf,
  type ScriptStep,
  type ShellStep,
  type Step,
} from '../model/step.ts'
import type { PlannedStep } from '../plan/plan-run.ts'
import { requestOf } from './command-request.ts'
import type { CommandRequest } from './ports.ts'
import type { StepContext } from './step-context.ts'

/** @param index - Of the command in the step that is under way. */
export function* commandsAhead(context: StepContext, index: number): Generator<CommandRequest> {
  const { options, planned, sharesHost } = context
  if (options.stepwise || options.keepGoing || sharesHost || planned.step.reboot) return
  if (!(yield* commandsOfStep(planned, context, index + 1))) return
  for (const next of context.following()) {
    // Decided for good: it runs nothing.
    if (next.verdict === 'skip') continue
    if (!isNext(next, context) || !(yield* commandsOfStep(next, context, 0))) return
  }
}

/** @returns Whether what comes after the step may be sent too. */
function* commandsOfStep(
  planned: PlannedStep,
  context: StepContext,
  from: number,
): Generator<CommandRequest, boolean> {
  const { step } = planned
  if (step.kind !== 'shell' && step.kind !== 'console' && step.kind !== 'script') return false
  const commands = commandsOf(step)
  if (!isPlain(step, commands)) return false
  if (commands[from - 1]?.expects) return false
  for (const command of commands.slice(from)) {
    yield requestOf(step, command, { ...context, planned })
    // What it prints may set a variable that the next one finds, also where it is not compared.
    if (command.expects) return false
  }
  return isOverByStatus(step)
}

/** Whether a step is run, in the same shell, without anything being asked before. */
function isNext(planned: PlannedStep, context: StepContext): boolean {
  const { step, pageNeeds, runbook, host, variants } = planned
  const checks = [...pageNeeds, ...step.when, ...step.unless, ...step.needs]
  const isSameShell =
    host === context.planned.host &&
    runbook === context.planned.runbook &&
    step.user === context.planned.step.user
  return (
    isSameShell &&
    checks.length === 0 &&
    variants.length < 2 &&
    (step.danger === undefined || context.options.allowDanger) &&
    !step.background &&
    !step.reboot &&
    !step.always
  )
}

/** Whether its statuses alone say that a step has passed. */
function isOverByStatus(step: Step): boolean {
  return (
    expectedOf(step) === undefined &&
    step.ensures.length === 0 &&
    step.captures.length === 0 &&
    step.secrets.length === 0 &&
    step.retry === undefined &&
    !step.reboot
  )
}

/** Nothing is typed into it, and its output is one stream. */
function isPlain(step: ShellStep | ScriptStep, commands: readonly Command[]): boolean {
  const ofStep = step.kind === 'script' ? [] : step.dialog
  const stream = step.expects?.stream ?? 'merged'
  return stream === 'merged' && [ofStep, ...commands.map((each) => each.dialog)].flat().length === 0
}
