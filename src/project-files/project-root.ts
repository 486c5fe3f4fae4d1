import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { goesThrough } from './real-place.ts'

/** The nearest folder upward with `runbook.yml`, else with `.git`, else the folder itself; absolute. */
export function projectRoot(from: string): string {
  return nearestWith(from, 'runbook.yml') ?? nearestWith(from, '.git') ?? resolve(from)
}

/** The folder that a page's other files have to be in: of the project, or of its own one elsewhere. */
export function rootAround(root: string, page: string): string {
  return goesThrough(root, page) ? root : projectRoot(dirname(page))
}

function nearestWith(from: string, name: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, name))) return folder
    if (folder === dirname(folder)) return undefined
  }
}
