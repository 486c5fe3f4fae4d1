import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { goesThrough } from './real-place.ts'

/**
 * The nearest parent folder with `runbook.yml`, else with `.git`, else the folder itself; absolute.
 */
export function projectRoot(from: string): string {
  return nearestWith(from, 'runbook.yml') ?? nearestWith(from, '.git') ?? resolve(from)
}

/**
 * The folder that must contain a page's other files: the project, or the page's own folder
 * elsewhere.
 */
export function rootAround(root: string, page: string): string {
  return goesThrough(root, page) ? root : projectRoot(dirname(page))
}

function nearestWith(from: string, name: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, name))) return folder
    if (folder === dirname(folder)) return undefined
  }
}
