import { readdirSync } from 'node:fs'
import { initialState, reduce, type RunState } from '../run/reduce.ts'
import { listRuns, readJournal, removeRun } from './read-journal.ts'

/** How many runs are kept. */
export const keptRuns = 200

/**
 * Removes the oldest runs beyond `keptRuns`. One that is not over stays: its hosts still hold what
 * `resume` needs.
 */
export function pruneRuns(runsFolder: string): void {
  if (readdirSync(runsFolder).length <= keptRuns) return
  for (const run of listRuns(runsFolder).slice(keptRuns)) {
    const state = readJournal(runsFolder, run).reduce<RunState>(reduce, initialState)
    if (state.ended?.status === 'passed') removeRun(runsFolder, run)
  }
}
