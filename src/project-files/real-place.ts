/**
 * Resolves the paths of a project. A repository may contain symlinks; reads and writes for a
 * project must stay inside it.
 */

import { reasonOf } from '../diagnostic/reason-of.ts'
import { messages } from './messages.ts'
import { lstatSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { UsageError } from '../diagnostic/usage-error.ts'

/**
 * The real path of `path`, which need not exist yet.
 *
 * @param root - The project's folder; may itself be a link.
 * @throws {UsageError} If the path leads out of `root`, or through a dangling link.
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
 * Resolves a file that a person named. It may be anywhere, but a path through the project must stay
 * in it, because its links are not the person's.
 *
 * @returns The real path if it is in the project, else the absolute one.
 *
 * @throws {UsageError} As `realInside`.
 */
export function realNamed(root: string, path: string): string {
  return goesThrough(root, path) ? realInside(root, path) : resolve(path)
}

/** Whether a path passes through the project, before resolving links. */
export function goesThrough(root: string, path: string): boolean {
  const realRoot = realPlace(root, shownPath(root))
  for (let at = resolve(path); at !== dirname(at); at = dirname(at)) {
    if (isBelow(realRoot, realPlace(dirname(at), shownPath(at)))) return true
  }
  return false
}

/**
 * The real path of a file anywhere, which need not exist yet.
 *
 * @returns `undefined` for a dangling link, because writing through it would create a file that the
 * link's author chose.
 */
export function realPath(path: string): string | undefined {
  try {
    return realPlace(path, path)
  } catch {
    return undefined
  }
}

/** Whether `path` is `folder` or below it; both are absolute. Does not follow links. */
export function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`))
}

/** Follows links in the part that exists; the rest of the path is appended unchanged. */
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

/** Whether something exists that `realpath` cannot follow. */
function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/** Relative to the current folder if below it, as a person would write it. */
function shownPath(path: string): string {
  const way = relative(process.cwd(), path)
  if (way === '') return '.'
  return way === '..' || way.startsWith(`..${sep}`) ? resolve(path) : way.split(sep).join('/')
}
