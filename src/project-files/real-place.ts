/**
 * Where a project's paths really lead. A repository brings symlinks; what is read or written for a
 * project stays in the project all the same.
 */

import { lstatSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { UsageError } from '../plan/usage-error.ts'

/**
 * The real path of `path`, which need not exist yet.
 *
 * @param root - The project's folder; it may be reached by a link itself.
 * @throws {UsageError} Where the path leads out of `root`, or into a link that leads nowhere.
 */
export function realInside(root: string, path: string): string {
  const shown = shownPath(path)
  const real = realPlace(path, shown)
  if (isBelow(realPlace(root, shown), real)) return real
  throw new UsageError(
    `\`${shown}\` leads to \`${real}\`, which is not in the project \`${shownPath(root)}\``,
    'a project reads and writes its own files only: put the file itself there',
  )
}

/**
 * The real path of what a person named. That may lie anywhere; but a path through the project has to
 * stay in it, because the project's links are not the person's.
 *
 * @throws {UsageError} As `realInside`.
 */
export function realNamed(root: string, path: string): string {
  const realRoot = realPlace(root, shownPath(root))
  const whole = resolve(path)
  for (let folder = whole; folder !== dirname(folder); folder = dirname(folder)) {
    const parent = dirname(folder)
    if (isBelow(realRoot, realPlace(parent, shownPath(parent)))) return realInside(root, whole)
  }
  return realPlace(whole, shownPath(path))
}

/** Whether `path` is `folder` or below it; both are real paths. */
function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`))
}

/** The links of all that exists are followed; the rest of the path stays as it is. */
function realPlace(path: string, shown: string): string {
  const whole = resolve(path)
  try {
    return realpathSync(whole)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'ENOENT' || lstatSync(whole, { throwIfNoEntry: false })) {
      const why = code === 'ENOENT' ? 'it is a link that leads nowhere' : String(code)
      throw new UsageError(`\`${shown}\` cannot be used: ${why}`)
    }
  }
  return join(realPlace(dirname(whole), shown), basename(whole))
}

/** As a person writes it: relative to the current folder where it is below that. */
function shownPath(path: string): string {
  const way = relative(process.cwd(), path)
  if (way === '') return '.'
  return way === '..' || way.startsWith(`..${sep}`) ? resolve(path) : way.split(sep).join('/')
}
