import { messages } from './messages.ts'
import type { FileBackup } from '../model/run-event.ts'
import type { Plan, PlannedStep } from './plan-run.ts'
import { UsageError } from '../diagnostic/usage-error.ts'

/** A file that a run has changed, and as which user. */
export interface ChangedFile extends FileBackup {
  readonly host: string
  readonly user: string
}

/** What a run did, by `PAGE#ID@HOST`. */
export interface RunEffects {
  /** Whether it did a step: what it skipped was there before. */
  readonly did: (key: string) => boolean
  readonly backups: ReadonlyMap<string, ChangedFile>
}

/**
 * What takes a run back, the last step first: the file that a step changed is put back, and the step
 * that its `undo` names is run.
 *
 * @param plan - Of the run's pages, made anew.
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
    // Several steps may name one: it runs once, when what came after them is back.
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

/** As the user that changed the file, whatever the page says now. */
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
    // Lanes have their own hosts.
    if (!hosts.some(({ name }) => name === host) || found.has(key)) continue
    throw new UsageError(messages.changedByMissingStep(key, file), messages.restoreByHand(kept))
  }
}
