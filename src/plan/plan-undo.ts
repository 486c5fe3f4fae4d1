import type { Plan, PlannedStep } from './plan-run.ts'

/**
 * What takes a run back: for every step that it did and that names its `undo`, that step, the last
 * first.
 *
 * @param plan - Of the run's pages, made anew.
 * @param did - Whether the run did a step, by `PAGE#ID@HOST`: what it skipped was there before.
 */
export function planUndo(plan: Plan, did: (key: string) => boolean): Plan {
  const steps = plan.steps.flatMap((planned): readonly PlannedStep[] => {
    const { step, host, runbook, address } = planned
    if (step.undo === undefined || !did(`${address}@${host}`)) return []
    const undoing = plan.steps.find(
      (each) => each.runbook === runbook && each.host === host && each.step.id === step.undo,
    )
    return undoing ? [{ ...undoing, verdict: 'run', reason: undefined, decidedBy: undefined }] : []
  })
  return { ...plan, steps: [...new Set(steps)].toReversed(), pageNeeds: [] }
}
