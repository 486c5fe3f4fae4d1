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
  /** The effects of the run. */
  readonly effects: UndoEffects
  readonly prepared: PreparedRun
  readonly flags: ExecFlags
  /** The undo's own run: new, or resumed. */
  readonly life: RunLife
}

/** Prepares the run's whole pages, whichever part of them it ran. */
export function prepareTakeBack(
  pages: readonly string[],
  flags: ExecFlags,
  effects: UndoEffects,
): PreparedRun {
  const whole = { ...flags, only: [], from: undefined, to: undefined, tag: [] }
  return prepareRun(pages, whole, takesBack(effects))
}

/**
 * Undoes a run. If the undo passes, marks the run and removes what it left on its hosts.
 *
 * @throws {JournalError} If another program works on the run or undoes it.
 */
export async function takeBack(run: string, work: TakeBack): Promise<void> {
  const folder = runsFolder(work.prepared.project)
  await takeLock(join(folder, run))
  try {
    // Another program may have undone it since the first look.
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
