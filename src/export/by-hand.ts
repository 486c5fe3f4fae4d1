/** Finds steps that a plain script cannot run; the script asks a person to do them. */

import type { Check } from '../model/check.ts'
import type { Message } from '../model/message.ts'
import { declaredNames, type Runbook } from '../model/runbook.ts'
import { commandsOf, expectationsOf, type Step } from '../model/step.ts'
import { bashCheck } from './bash-check.ts'
import { bashOutput } from './bash-output.ts'
import { shellEndingWord } from './ends-shell.ts'
import { messages } from './messages.ts'

/** Why a person must do the step; `undefined`: the script does it. */
export function handReason(runbook: Runbook, step: Step): Message | undefined {
  const check = [...step.needs, ...step.when, ...step.unless, ...step.ensures, ...step.ready].find(
    (each) => bashCheck(each) === undefined,
  )
  if (check) return messages.check(check.text)
  const first = runbook.roles[0]?.name
  if (step.role !== undefined && step.role !== first) return messages.otherRole(step.role)
  if (step.reboot) return messages.reboot
  if (hasDialog(step)) return messages.dialog
  const ending = shellEndingWord(step)
  if (ending !== undefined) return messages.endsShell(ending)
  if ((step.kind === 'file' || step.kind === 'patch') && step.user !== undefined)
    return messages.fileOfUser(step.user)
  if (step.kind === 'file' && (step.edit === 'section' || step.edit === 'block'))
    return messages.edit(step.edit)
  if (step.captures.length + step.secrets.length > 0 && !isCaptured(runbook, step))
    return messages.captures
  return undefined
}

/** Whether the script compares the step's output. */
export function isCompared(runbook: Runbook, step: Step): boolean {
  const names = declaredNames(runbook)
  return expectationsOf(step)
    .filter(({ compare }) => compare)
    .every((expected) => bashOutput(expected, names) !== undefined)
}

function isCaptured(runbook: Runbook, step: Step): boolean {
  const names = declaredNames(runbook)
  const taken = new Set(
    expectationsOf(step).flatMap(
      (expected) => bashOutput(expected, names)?.captures.map(({ name }) => name) ?? [],
    ),
  )
  // Another user's shell has its own variables.
  return (
    step.user === undefined && [...step.captures, ...step.secrets].every((name) => taken.has(name))
  )
}

function hasDialog(step: Step): boolean {
  if (step.kind !== 'shell' && step.kind !== 'console') return false
  return step.dialog.length > 0 || commandsOf(step).some(({ dialog }) => dialog.length > 0)
}

/** A condition of the page that plain bash cannot ask. */
export function unaskable(checks: readonly Check[]): Check | undefined {
  return checks.find((check) => bashCheck(check) === undefined)
}
