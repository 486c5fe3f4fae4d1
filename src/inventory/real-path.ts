import { lstatSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

/**
 * The path with all links followed; what does not exist yet stays as it is.
 *
 * `undefined` for a link to nothing: whoever wrote there would make a file of its choice.
 */
export function realPath(path: string): string | undefined {
  const absolute = resolve(path)
  try {
    return realpathSync(absolute)
  } catch {
    if (isThere(absolute)) return undefined
    const folder = realPath(dirname(absolute))
    return folder === undefined ? undefined : join(folder, basename(absolute))
  }
}

/** Also where it cannot be looked at, which is no place to write to. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    return true
  }
}
