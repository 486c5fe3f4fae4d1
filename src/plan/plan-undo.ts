import { messages } from './messages.ts'
import type { FileBackup } from '../model/run-event.ts'
import type { Plan, PlannedStep } from './plan-run.ts'
import { UsageError } from '../diagnostic/usage-error.ts'

/** A file that a run changed, and the user that changed it. */
export interface ChangedFile extends FileBackup {
  readonly host: string
  readonly user: string
}

/** The effects of a run, by `PAGE#ID@HOST`. */
export interface RunEffects {
  /** Whether the run executed a step, as opposed to skipping it as done. */
  readonly did: (key: string) => boolean
  readonly backups: ReadonlyMap<string, ChangedFile>
}

/**
 * Plans an undo, last step first: restores the file that a step changed, and runs the step that its
 * `undo` names.
 *
 * @param plan - A new plan of the run's pages.
 * @throws {UsageError} For a changed file whose step is no longer on its page.
 */
export function planUndo(plan: Plan, { did, backups }: RunEffects): Plan {
  const found = new Set<string>()
  const undone = new Set<PlannedStep>()
  const steps = plan.steps.flatMap((planned): readonly PlannedStep[] => {
    const { step, host, runbook, address } = planned
    const key = `${address}@${host}`
    const backup = backups.get(key)
    if (backup) found.add(key)
    const taken = { verdict: 'run', reason: undefined, decidedBy: undefined } as const
    const undoing =
      step.undo === undefined || !did(key)
        ? undefined
        : plan.steps.find(
            (each) => each.runbook === runbook && each.host === host && each.step.id === step.undo,
          )
    // Several steps may name one: it runs once, after the steps behind them are undone.
    const isFirst = undoing !== undefined && !undone.has(undoing)
    if (undoing) undone.add(undoing)
    return [
      ...(undoing && isFirst ? [{ ...undoing, ...taken }] : []),
      ...(backup ? [{ ...planned, ...taken, ...restoring(planned, backup) }] : []),
    ]
  })
  refuseUnknown(plan, backups, found)
  return { ...plan, steps: steps.toReversed(), pageNeeds: [] }
}

/** Restores as the user that changed the file, whatever the page says now. */
function restoring(
  { step }: PlannedStep,
  { user, file, kept, sha256 }: ChangedFile,
): Pick<PlannedStep, 'step' | 'variants' | 'restores' | 'pageNeeds'> {
  const own = { ...step, user }
  return { step: own, variants: [own], restores: { file, kept, sha256 }, pageNeeds: [] }
}

function refuseUnknown(
  { hosts }: Plan,
  backups: RunEffects['backups'],
  found: ReadonlySet<string>,
): void {
  for (const [key, { file, kept, host }] of backups) {
    // Other lanes have other hosts.
    if (!hosts.some(({ name }) => name === host) || found.has(key)) continue
    throw new UsageError(messages.changedByMissingStep(key, file), messages.restoreByHand(kept))
  }
}
