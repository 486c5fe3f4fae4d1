/**
 * Where a project's paths really lead. A repository brings symlinks; what is read or written for a
 * project stays in the project all the same.
 */

import { reasonOf } from '../diagnostic/reason-of.ts'
import { messages } from './messages.ts'
import { lstatSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { UsageError } from '../diagnostic/usage-error.ts'

/**
 * The real path of `path`, which need not exist yet.
 *
 * @param root - The project's folder; it may be reached by a link itself.
 * @throws {UsageError} Where the path leads out of `root`, or into a link that leads nowhere.
 */
export function realInside(root: string, path: string): string {
  const shown = shownPath(path)
  const real = realPlace(path, shown)
  const realRoot = realPlace(root, shown)
  if (isBelow(realRoot, real)) {
    if (!relative(realRoot, real).split(sep).includes('.git')) return real
    throw new UsageError(messages.ofGit(shown, real))
  }
  throw new UsageError(messages.outside(shown, real, shownPath(root)), messages.ownFilesOnly)
}

/**
 * Where a file is that a person named. That may be anywhere; but a path through the project has to
 * stay in it, because the project's links are not the person's.
 *
 * @returns The real path where it is in the project, else the absolute one.
 *
 * @throws {UsageError} As `realInside`.
 */
export function realNamed(root: string, path: string): string {
  return goesThrough(root, path) ? realInside(root, path) : resolve(path)
}

/** Whether the way to a path leads through the project, whatever its links do then. */
export function goesThrough(root: string, path: string): boolean {
  const realRoot = realPlace(root, shownPath(root))
  for (let at = resolve(path); at !== dirname(at); at = dirname(at)) {
    if (isBelow(realRoot, realPlace(dirname(at), shownPath(at)))) return true
  }
  return false
}

/**
 * Where a path leads that may be anywhere, and need not exist yet.
 *
 * @returns `undefined` for a link to nothing: whoever wrote there would make a file of its choice.
 */
export function realPath(path: string): string | undefined {
  try {
    return realPlace(path, path)
  } catch {
    return undefined
  }
}

/** Whether `path` is `folder` or below it; both are absolute, and links are not followed. */
export function isBelow(folder: string, path: string): boolean {
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
    if (code !== 'ENOENT' || isLink(whole)) {
      const why = code === 'ENOENT' ? messages.linkToNowhere : reasonOf(error)
      throw new UsageError(messages.unusable(shown, why))
    }
  }
  return join(realPlace(dirname(whole), shown), basename(whole))
}

/** Something is there that `realpath` cannot follow. */
function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/** As a person writes it: relative to the current folder where it is below that. */
function shownPath(path: string): string {
  const way = relative(process.cwd(), path)
  if (way === '') return '.'
  return way === '..' || way.startsWith(`..${sep}`) ? resolve(path) : way.split(sep).join('/')
}
