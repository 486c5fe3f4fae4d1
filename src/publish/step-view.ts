/** A step with its records, as plain values for drawing. */

import type { RunbookRecord, StepRecord, StepState } from '../model/record.ts'
import { valueOf } from '../model/named.ts'
import type { Runbook } from '../model/runbook.ts'
import type { Step } from '../model/step.ts'
import { judgeStep } from '../record/judge-step.ts'
import { recordedStep } from '../record/recorded-step.ts'

/** A step on one platform. */
export interface PlatformView {
  readonly record: RunbookRecord
  readonly step: StepRecord
  readonly state: StepState
}

export interface StepView {
  readonly step: Step
  /** Position on the page, from 1; variants of a group share one. */
  readonly number: number
  /** Whether its element has the step's id: the first of the variants that share it. */
  readonly ownsId: boolean
  /** The worst state over all platforms. */
  readonly state: StepState
  /** Platforms with a record of the step, newest first. */
  readonly platforms: readonly PlatformView[]
  /** Recorded runs in which a person edited the step, newest first. */
  readonly deviations: readonly { readonly record: RunbookRecord; readonly at: string }[]
}

const worstFirst: readonly StepState[] = ['contradicted', 'stale', 'changed', 'verified', 'never']

export function viewSteps(
  runbook: Runbook,
  records: readonly RunbookRecord[],
): readonly StepView[] {
  const newestFirst = records.toSorted(
    (a, b) => b.at.localeCompare(a.at) || a.platform.localeCompare(b.platform),
  )
  const ids = new Set<string>()
  let number = 0
  let group: number | undefined
  return runbook.steps.map((step) => {
    if (step.variant === undefined || step.variant.group !== group) number++
    group = step.variant?.group
    const ownsId = !ids.has(step.id)
    ids.add(step.id)
    const platforms = newestFirst.flatMap((record): readonly PlatformView[] => {
      const recorded = recordedStep(runbook, step, record)
      return recorded ? [{ record, step: recorded, state: judgeStep(runbook, step, recorded) }] : []
    })
    const deviations = newestFirst.flatMap((record) => {
      const deviation = valueOf(record.deviations ?? {}, step.id)
      return deviation ? [{ record, at: deviation.at }] : []
    })
    return { step, number, ownsId, state: stateOf(step, platforms), platforms, deviations }
  })
}

function stateOf(step: Step, platforms: readonly PlatformView[]): StepState {
  if (step.kind === 'manual') return 'manual'
  return (
    worstFirst.find((state) => platforms.some((platform) => platform.state === state)) ?? 'never'
  )
}

const counted: readonly StepState[] = [
  'verified',
  'changed',
  'stale',
  'contradicted',
  'never',
  'manual',
]

/** Number of steps per state; a group of variants counts once, by its best variant. */
export function countStates(views: readonly StepView[]): ReadonlyMap<StepState, number> {
  const best = new Map<number, StepState>()
  for (const { number, state } of views) {
    const before = best.get(number)
    if (before === undefined || before === 'never') best.set(number, state)
  }
  const counts = new Map<StepState, number>()
  for (const state of best.values()) counts.set(state, (counts.get(state) ?? 0) + 1)
  return new Map(
    counted.flatMap((state) => (counts.has(state) ? [[state, counts.get(state) ?? 0]] : [])),
  )
}

/**
 * `Debian 12` for `Debian GNU/Linux 12 (bookworm)`; the platform's id if the record has no name.
 */
export function platformName({ host, platform }: Pick<RunbookRecord, 'host' | 'platform'>): string {
  const name = host.os
    .replace(/\s*\([^)]*\)/g, '')
    .replace(/\b(?:GNU\/)?Linux\b/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return name === '' ? platform : name
}
