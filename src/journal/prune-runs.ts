import { readdirSync } from 'node:fs'
import { hasPassed } from './passed-runs.ts'
import { removeRun } from './read-journal.ts'

/** How many runs are kept. */
export const keptRuns = 200

/**
 * Removes the oldest runs beyond `keptRuns`, by the time in their names. One that is not over
 * stays: its hosts still hold what `resume` needs.
 */
export function pruneRuns(runsFolder: string): void {
  const oldest = readdirSync(runsFolder).toSorted().slice(0, -keptRuns)
  for (const run of oldest) {
    if (hasPassed(runsFolder, run)) removeRun(runsFolder, run)
  }
}
