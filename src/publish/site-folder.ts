/** The output folder of a build. A build empties it, so it must be a site, empty, or new. */

import { messages } from './messages.ts'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { keepPrivate } from '../project-files/keep-private.ts'
import { isBelow } from '../project-files/real-place.ts'
import { SiteError } from './site-error.ts'
import type { SitePlace } from './staged-files.ts'

const defaultParts = ['.runbook', 'site', 'dist'] as const

/**
 * The default folder: the project's `.runbook/site/dist`.
 *
 * @throws {SiteError} If a part of the path is a link.
 */
export function defaultOut(root: string): string {
  let folder = root
  for (const part of defaultParts) {
    folder = join(folder, part)
    if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
      throw new SiteError(messages.outIsLink(folder))
    }
  }
  return folder
}

/**
 * @throws {SiteError} If the folder contains the project or other files, or is reached through a
 * link.
 */
export function checkOut({ root, pages, out }: SitePlace): void {
  const real = realPathOf(out)
  const project = realpathSync(root)
  if ([project, realpathSync(pages)].some((folder) => isBelow(real, folder)))
    throw new SiteError(messages.outHoldsProject(out))
  if ((isBelow(root, out) || isBelow(project, out)) && !isBelow(project, real))
    throw new SiteError(messages.outLeadsOut(out))
  if (!existsSync(out)) return
  const names = readdirSync(out)
  if (names.length > 0 && !names.includes('hashmap.json')) {
    throw new SiteError(messages.outNotEmpty(out))
  }
}

/** Resolves a path whose last parts may not exist yet. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const above = dirname(path)
    return above === path ? path : join(realPathOf(above), basename(path))
  }
}

/** Replaces the old site by the new one. */
export function writeOut(built: string, { root, out }: SitePlace): void {
  mkdirSync(out, { recursive: true })
  for (const name of readdirSync(out)) rmSync(join(out, name), { recursive: true, force: true })
  cpSync(built, out, { recursive: true })
  if (out === defaultOut(root)) keepPrivate(root)
}
