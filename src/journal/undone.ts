/** A run that was taken back says so beside its journal, so that it is not taken back again. */

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const name = 'undone'

/** @param by - The run that took it back. */
export function markUndone(runsFolder: string, run: string, by: string): void {
  writeFileSync(join(runsFolder, run, name), `${by}\n`, { mode: 0o600 })
}

/** What the run did is done again: the one that took it back was taken back itself. */
export function unmarkUndone(runsFolder: string, run: string): void {
  rmSync(join(runsFolder, run, name), { force: true })
}

/** The run that took this one back; `undefined` where none did. */
export function undoneBy(runsFolder: string, run: string): string | undefined {
  try {
    return readFileSync(join(runsFolder, run, name), 'utf8').trim()
  } catch {
    return undefined
  }
}
