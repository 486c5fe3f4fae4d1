/** Facts about a step for a person who is asked about it. */

import { givenTitle } from '../model/step-title.ts'
import type { PlannedStep } from '../plan/plan-run.ts'
import { usedVariables } from '../plan/used-variables.ts'
import type { FileForecast } from './file-change.ts'
import type { RunVariables } from './variables.ts'

export interface StepAbout {
  /** `PAGE#ID`. */
  readonly step: string
  readonly host: string
  /** The user that runs it. */
  readonly user: string
  /** `page.md:12`. */
  readonly place: string
  /** Only if the author gave one. */
  readonly title: string | undefined
  /** What the step may destroy, as the page says. */
  readonly danger: string | undefined
  /** The variables that the step uses and that have a value. */
  readonly values: readonly StepValue[]
  readonly work: StepWork
}

export interface StepValue {
  readonly name: string
  /** `null` for a secret. */
  readonly value: string | null
}

export type StepWork =
  | { readonly kind: 'commands'; readonly commands: readonly string[] }
  /** `text` is the standard input of `run`. */
  | { readonly kind: 'script'; readonly run: string; readonly text: string }
  | {
      readonly kind: 'file' | 'patch'
      readonly path: string
      readonly text: string
      /** `undefined`: the host was not asked. */
      readonly forecast: FileForecast | undefined
    }
  | { readonly kind: 'manual'; readonly text: string }

export interface Asking {
  readonly planned: PlannedStep
  readonly session: { readonly facts: { readonly user: string } }
  readonly variables: Pick<RunVariables, 'ofPage' | 'isSecret'>
}

/** @param forecast - For a step that changes a file. */
export function aboutStep(
  { planned, session, variables }: Asking,
  forecast?: FileForecast,
): StepAbout {
  const { address, host, step, runbook } = planned
  const names = usedVariables(runbook, (each) => each.id === step.id)
  const values = Object.entries(variables.ofPage(runbook)).filter(([name]) => names.has(name))
  return {
    step: address,
    host,
    user: step.user ?? session.facts.user,
    place: `${runbook.file}:${step.span.start.line}`,
    title: givenTitle(step),
    danger: step.danger,
    values: values.map(([name, value]) => ({
      name,
      value: variables.isSecret(name) ? null : value,
    })),
    work: workOf(step, forecast),
  }
}

function workOf(step: PlannedStep['step'], forecast: FileForecast | undefined): StepWork {
  switch (step.kind) {
    case 'shell':
    case 'console':
      return { kind: 'commands', commands: step.commands.map(({ text }) => text) }
    case 'script':
      return { kind: 'script', run: step.run, text: step.text }
    case 'file':
      return { kind: 'file', path: step.path, text: step.content, forecast }
    case 'patch':
      return { kind: 'patch', path: step.path, text: step.patch, forecast }
    case 'manual':
      return { kind: 'manual', text: step.text }
    default:
      return step satisfies never
  }
}
