import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** The nearest folder upward with `runbook.yml`, else with `.git`, else the folder itself; absolute. */
export function projectRoot(from: string): string {
  return nearestWith(from, 'runbook.yml') ?? nearestWith(from, '.git') ?? resolve(from)
}

function nearestWith(from: string, name: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, name))) return folder
    if (folder === dirname(folder)) return undefined
  }
}
