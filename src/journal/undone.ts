/** Marks a run as undone, beside its journal, so that it is not undone twice. */

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const name = 'undone'

/** @param by - The run that undid it. */
export function markUndone(runsFolder: string, run: string, by: string): void {
  writeFileSync(join(runsFolder, run, name), `${by}\n`, { mode: 0o600 })
}

/** Removes the mark, because the run that undid it was itself undone. */
export function unmarkUndone(runsFolder: string, run: string): void {
  rmSync(join(runsFolder, run, name), { force: true })
}

/** The run that undid this one; `undefined` if none did. */
export function undoneBy(runsFolder: string, run: string): string | undefined {
  try {
    return readFileSync(join(runsFolder, run, name), 'utf8').trim()
  } catch {
    return undefined
  }
}
