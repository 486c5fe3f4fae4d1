/** Finds the effects of a run that can be undone, and the run to undo if a person names none. */

import { messages } from './messages.ts'
import { foreignRuns } from '../../journal/foreign-runs.ts'
import { listRuns, readJournal } from '../../journal/read-journal.ts'
import { readRunRequest } from '../../journal/run-request.ts'
import { undoneBy } from '../../journal/undone.ts'
import { type Runbook, stepAddress } from '../../model/runbook.ts'
import type { Step } from '../../model/step.ts'
import { namePages } from '../../plan/name-pages.ts'
import type { RunEffects } from '../../plan/plan-undo.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { earlierLife } from '../../run/earlier-life.ts'
import { changedFiles } from '../../run/run-effects.ts'
import { readPages } from '../page/pages.ts'
import { readRequired } from '../page/requires.ts'
import { pathIn, type Project, runsFolder } from '../project.ts'

export interface UndoEffects extends RunEffects {
  /** `PAGE#ID@HOST` of the steps that the run executed, without skipped ones. */
  readonly doneKeys: readonly string[]
}

export function effectsOf(folder: string, run: string): UndoEffects {
  const events = readJournal(folder, run)
  const { done } = earlierLife(events)
  const doneKeys = [...done].flatMap(([key, { end }]) => (end.status === 'skipped' ? [] : [key]))
  const keys = new Set(doneKeys)
  return { doneKeys, did: (key) => keys.has(key), backups: changedFiles(events) }
}

/** Whether a step undoes one that the run executed. */
export function takesBack({
  doneKeys,
}: Pick<UndoEffects, 'doneKeys'>): (runbook: Runbook, step: Step) => boolean {
  const addresses = new Set(doneKeys.map((key) => key.slice(0, key.lastIndexOf('@'))))
  return (runbook, step) =>
    runbook.steps.some((each) => each.undo === step.id && addresses.has(stepAddress(runbook, each)))
}

/** Whether a step of these pages, or a backup, undoes an effect of the run. */
export function canBeUndone(effects: UndoEffects, runbooks: readonly Runbook[]): boolean {
  const isUndo = takesBack(effects)
  return (
    effects.backups.size > 0 ||
    runbooks.some((runbook) => runbook.steps.some((step) => isUndo(runbook, step)))
  )
}

/**
 * Our newest run that can be undone and was not; if there is none, the newest run with effects, so
 * that the reason can be given.
 *
 * @throws {UsageError} If no run had effects.
 */
export function newestToUndo(project: Project): string {
  const folder = runsFolder(project)
  const foreign = foreignRuns(folder)
  const runs = listRuns(folder).filter(
    (run) => !foreign.has(run) && undoneBy(folder, run) === undefined && didSomething(folder, run),
  )
  const found = runs.find((run) => canBeUndone(effectsOf(folder, run), pagesOf(project, run)))
  if (found !== undefined) return found
  const [newest] = runs
  if (newest !== undefined) return newest
  throw new UsageError(messages.nothingToUndo)
}

/** The current pages of a run; empty if one of them is missing. */
function pagesOf(project: Project, run: string): readonly Runbook[] {
  const { pages } = readRunRequest(runsFolder(project), run)
  if (pages.includes('-')) return []
  try {
    const { read } = readRequired(readPages(pages, project).pages, project)
    return namePages(read, pathIn(project)).map(({ runbook }) => runbook)
  } catch (error) {
    if (error instanceof UsageError) return []
    throw error
  }
}

/** Ignores undo runs, and unreadable ones. */
function didSomething(folder: string, run: string): boolean {
  try {
    if (readRunRequest(folder, run).undoes !== undefined) return false
    const { doneKeys, backups } = effectsOf(folder, run)
    return doneKeys.length > 0 || backups.size > 0
  } catch (error) {
    if (error instanceof UsageError) return false
    throw error
  }
}
