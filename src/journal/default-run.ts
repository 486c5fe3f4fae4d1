/** The run that a command means when a person names none. */

import { hasPassed } from './passed-runs.ts'
import { findRun, listRuns } from './read-journal.ts'

/**
 * The run that `text` names, else the newest that is not over, else the newest.
 *
 * @throws {UsageError} Where there is none, or the text names several.
 */
export function unfinishedOr(runsFolder: string, text: string | undefined): string {
  if (text !== undefined) return findRun(runsFolder, text)
  const unfinished = listRuns(runsFolder).find((run) => !hasPassed(runsFolder, run))
  return unfinished ?? findRun(runsFolder, undefined)
}
