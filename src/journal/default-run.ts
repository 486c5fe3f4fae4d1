/** Resolves the run that a command acts on. */

import { foreignRuns } from './foreign-runs.ts'
import { hasPassed } from './passed-runs.ts'
import { findRun, listRuns } from './read-journal.ts'
import { undoneBy } from './undone.ts'

/**
 * The run that `text` names; else our newest run that neither passed nor was undone; else our newest;
 * else the newest foreign run, which callers refuse.
 *
 * @throws {UsageError} If there is none, or the text is ambiguous.
 */
export function unfinishedOr(runsFolder: string, text: string | undefined): string {
  if (text !== undefined) return findRun(runsFolder, text)
  const foreign = foreignRuns(runsFolder)
  const own = listRuns(runsFolder).filter((run) => !foreign.has(run))
  const [newest] = own
  return (
    own.find((run) => !hasPassed(runsFolder, run) && undoneBy(runsFolder, run) === undefined) ??
    findRun(runsFolder, newest)
  )
}
