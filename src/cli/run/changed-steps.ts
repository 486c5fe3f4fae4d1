import { expectationsOf } from '../../model/step.ts'
import { stepHash } from '../../plan/content-hash.ts'
import type { PlannedStep } from '../../plan/plan-run.ts'
import type { EarlierLife } from '../../run/earlier-life.ts'
import type { Lane } from '../../run/run-lane.ts'

/** By `PAGE#ID@HOST`: what is run and what is expected, as text. */
export type StepTexts = ReadonlyMap<string, string>

export function stepTexts(lanes: readonly Lane[]): StepTexts {
  return new Map(lanes.flatMap(({ plan }) => plan.steps.map((step) => [keyOf(step), textOf(step)])))
}

/**
 * The earlier life without the first changed step and all later ones, which run again. Its shells are
 * still open.
 */
export function untilFirstChange(
  life: EarlierLife,
  lanes: readonly Lane[],
  before: StepTexts,
): EarlierLife {
  const now = stepTexts(lanes)
  const kept = lanes.flatMap(({ plan }) => {
    const work = plan.steps.filter(({ step }) => !step.always).map(keyOf)
    const at = work.findIndex((key) => !life.done.has(key) || before.get(key) !== now.get(key))
    return at === -1 ? work : work.slice(0, at)
  })
  const done = new Map([...life.done].filter(([key]) => kept.includes(key)))
  return { ...life, done, open: new Map(), lost: new Set() }
}

/** Whether every step but clean-up is done, and as it was. */
export function isAllDone(life: EarlierLife, lanes: readonly Lane[]): boolean {
  return lanes.every(({ plan }) =>
    plan.steps.every((step) => step.step.always || life.done.has(keyOf(step))),
  )
}

function keyOf({ address, host }: PlannedStep): string {
  return `${address}@${host}`
}

function textOf({ runbook, variants }: PlannedStep): string {
  return JSON.stringify(
    variants.map((variant) => [
      stepHash(runbook, variant),
      expectationsOf(variant).map(({ text, match, stream, compare }) => [
        text,
        match,
        stream,
        compare,
      ]),
    ]),
  )
}
