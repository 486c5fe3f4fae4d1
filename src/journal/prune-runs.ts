import { readdirSync } from 'node:fs'
import { foreignRuns } from './foreign-runs.ts'
import { hasPassed } from './passed-runs.ts'
import { removeRun } from './read-journal.ts'

/** Number of runs that are kept. */
export const keptRuns = 200

/**
 * Removes the oldest runs beyond `keptRuns`, by the time in their names. Keeps unfinished runs,
 * because `resume` needs what their hosts hold, and runs that are not ours.
 */
export function pruneRuns(runsFolder: string): void {
  const oldest = readdirSync(runsFolder).toSorted().slice(0, -keptRuns)
  if (oldest.length === 0) return
  const foreign = foreignRuns(runsFolder)
  for (const run of oldest) {
    if (!foreign.has(run) && hasPassed(runsFolder, run)) removeRun(runsFolder, run)
  }
}
