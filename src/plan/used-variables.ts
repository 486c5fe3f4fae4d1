/**
 * Finds the variables that a run's steps use; a person is asked for no others.
 *
 * A step uses the variables that it names. A variable that no step names may still be read from the
 * environment, so it counts as used by every step that runs a program.
 */

import type { Check } from '../model/check.ts'
import type { Runbook } from '../model/runbook.ts'
import { commandsOf, expectationsOf, type Step } from '../model/step.ts'

/** Names of variables that the page declares. */
export function usedVariables(
  runbook: Runbook,
  isTaken: (step: Step) => boolean,
): ReadonlySet<string> {
  const taken = runbook.steps.filter(isTaken)
  const [first] = taken
  if (!first) return new Set()
  const named = new Set(runbook.steps.flatMap((step) => [...namesIn(step)]))
  const byTaken = new Set([
    ...wordsIn(checkTexts(runbook.needs)),
    ...taken.flatMap((step) => [...namesIn(step)]),
  ])
  const runsProgram = taken.some((step) => commandsOf(step).length > 0)
  return new Set(
    runbook.variables
      .map(({ name }) => name)
      .filter((name) => byTaken.has(name) || (runsProgram && !named.has(name))),
  )
}

/** Whether a step exists only to undo another; a run of the page skips it. */
export function isUndoOnly({ steps }: Runbook, { id }: Step): boolean {
  return steps.some(({ undo }) => undo === id)
}

function namesIn(step: Step): ReadonlySet<string> {
  const { needs, when, unless, ensures, ready } = step
  return new Set([
    ...wordsIn(checkTexts([...needs, ...when, ...unless, ...ensures, ...ready])),
    ...expectationsOf(step).flatMap(({ text }) => allOf(/<\$([A-Za-z_]\w*)>/g, text)),
    ...workNames(step),
  ])
}

function workNames(step: Step): readonly string[] {
  switch (step.kind) {
    case 'shell':
    case 'console': {
      const dialogs = [step.dialog, ...step.commands.map(({ dialog }) => dialog)].flat()
      return [
        ...wordsIn(step.commands.map(({ text }) => text)),
        ...dialogs.flatMap(({ answer }) => allOf(/\$\{?([A-Za-z_]\w*)/g, answer)),
      ]
    }
    case 'script':
      return wordsIn([step.run, step.text])
    case 'file':
      return step.expand ? allOf(/\$\{([A-Za-z_]\w*)\}/g, step.content) : []
    case 'patch':
    case 'manual':
      return []
    default:
      return step satisfies never
  }
}

function checkTexts(checks: readonly Check[]): readonly string[] {
  return checks.map(({ text }) => text)
}

/**
 * Words that may be names: languages spell variables in many ways (`$X`, `printenv X`,
 * `environ["X"]`). Long options are excluded.
 */
function wordsIn(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => allOf(/(?<!--)(?<!\w)([A-Za-z_]\w*)/g, text))
}

function allOf(pattern: RegExp, text: string): readonly string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name)
}
