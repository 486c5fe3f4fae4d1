/**
 * Step-by-step control by a person (`--step`): run, skip, edit, jump or quit; after a failure also
 * retry.
 */

import { splitShell } from '../parse/shell-commands.ts'
import type { Step } from '../model/step.ts'
import type { PlannedStep } from '../plan/plan-run.ts'
import type { StepAbout } from './step-about.ts'

/** The choice before a step. */
export type StepChoice =
  | { readonly kind: 'run' }
  | { readonly kind: 'skip' }
  /** Runs this text instead of the step's own; recorded as a deviation. */
  | { readonly kind: 'edit'; readonly text: string }
  /** Continues at this step, earlier or later. */
  | { readonly kind: 'jump'; readonly step: string }
  | { readonly kind: 'quit' }

/** The choice after a failed step. */
export type FailureChoice = 'retry' | 'skip' | 'quit'

/** The data of the question before a step. */
export interface StepQuestion {
  readonly step: string
  readonly host: string
  /** Initial text of an edit: the commands, the file's text, or the question of a manual step. */
  readonly text: string
  readonly about: StepAbout
  /** Addresses of all steps of the run. */
  readonly steps: readonly string[]
}

/** @param steps - Addresses of all steps of the run. */
export function questionOf(
  { address, host, step }: PlannedStep,
  about: StepAbout,
  steps: readonly string[],
): StepQuestion {
  return { step: address, host, text: textOf(step), about, steps }
}

/**
 * Resolves an id to an address; the current page wins.
 *
 * @returns `undefined` if no step has the id.
 */
export function addressMeant(
  text: string,
  { step, steps }: Pick<StepQuestion, 'step' | 'steps'>,
): string | undefined {
  const page = step.slice(0, step.lastIndexOf('#'))
  return (
    [text, `${page}#${text}`].find((each) => steps.includes(each)) ??
    steps.find((each) => idOf(each) === text)
  )
}

function idOf(address: string): string {
  return address.slice(address.lastIndexOf('#') + 1)
}

function textOf(step: Step): string {
  switch (step.kind) {
    case 'shell':
    case 'console':
      return step.commands.map(({ text }) => text).join('\n')
    case 'script':
      return step.text
    case 'file':
      return step.content
    case 'patch':
      return step.patch
    case 'manual':
      return step.text
    default:
      return step satisfies never
  }
}

/** The step with a person's text in place of its own, and without expected output. */
export function withText(step: Step, text: string): Step {
  switch (step.kind) {
    case 'shell':
    case 'console': {
      const { commands } = splitShell(text)
      const [first] = step.commands
      const span = first?.span ?? step.span
      return {
        ...step,
        expects: undefined,
        commands: commands.map(({ start, end }) => ({
          text: text.slice(start, end),
          span,
          expects: undefined,
          dialog: [],
        })),
      }
    }
    case 'script':
      return { ...step, text, expects: undefined }
    case 'file':
      return { ...step, content: text.endsWith('\n') ? text : `${text}\n` }
    case 'patch':
      return { ...step, patch: text }
    case 'manual':
      return step
    default:
      return step satisfies never
  }
}
