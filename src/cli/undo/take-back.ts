import { join } from 'node:path'
import { releaseLock, takeLock } from '../../journal/run-lock.ts'
import { readRunRequest } from '../../journal/run-request.ts'
import { markUndone, undoneBy, unmarkUndone } from '../../journal/undone.ts'
import { planUndo } from '../../plan/plan-undo.ts'
import { runPrepared } from '../run/execute.ts'
import type { ExecFlags } from '../run/run-flags.ts'
import type { RunLife } from '../run/run-life.ts'
import { forgetRun } from '../runs/forget-run.ts'
import { type PreparedRun, prepareRun } from '../run/prepare-run.ts'
import { runsFolder } from '../project.ts'
import { takesBack, type UndoEffects } from './undo-effects.ts'

export interface TakeBack {
  /** What the run did. */
  readonly effects: UndoEffects
  readonly prepared: PreparedRun
  readonly flags: ExecFlags
  /** The life of the undo: new, or resumed. */
  readonly life: RunLife
}

/** Of the run's whole pages, whatever part of them it ran. */
export function prepareTakeBack(
  pages: readonly string[],
  flags: ExecFlags,
  effects: UndoEffects,
): PreparedRun {
  const whole = { ...flags, only: [], from: undefined, to: undefined, tag: [] }
  return prepareRun(pages, whole, takesBack(effects))
}

/**
 * Takes a run back; once that has passed, the run is marked, and what it left on hosts is removed.
 *
 * @throws {JournalError} Where another program works on the run, or takes it back.
 */
export async function takeBack(run: string, work: TakeBack): Promise<void> {
  const folder = runsFolder(work.prepared.project)
  await takeLock(join(folder, run))
  try {
    // Another program may have done it since this one looked.
    if (undoneBy(folder, run) === undefined) await takeBackLocked(run, work)
  } finally {
    await releaseLock(join(folder, run))
  }
}

async function takeBackLocked(
  run: string,
  { effects, prepared, flags, life }: TakeBack,
): Promise<void> {
  const folder = runsFolder(prepared.project)
  await runPrepared(prepared, flags, {
    ...life,
    undoes: run,
    changePlan: (plan) => planUndo(plan, effects),
  })
  if (process.exitCode !== 0) return
  markUndone(folder, run, life.run)
  const { undoes } = readRunRequest(folder, run)
  if (undoes !== undefined) unmarkUndone(folder, undoes)
  await forgetRun(prepared.project, run, { keepJournal: true, lang: prepared.lang })
}
