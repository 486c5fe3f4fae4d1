/** The folder that a build writes: it is emptied first, so it is a site's, or empty, or new. */

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
 * The folder where nobody names another: `.runbook/site/dist` of the project.
 *
 * @throws {SiteError} Where a part of it is a link.
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

/** @throws {SiteError} Where the folder holds the project or something else, or a link leads there. */
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

/** Where a path leads, also where its last parts are not there yet. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const above = dirname(path)
    return above === path ? path : join(realPathOf(above), basename(path))
  }
}

/** Puts a new site in the place of the old one. */
export function writeOut(built: string, { root, out }: SitePlace): void {
  mkdirSync(out, { recursive: true })
  for (const name of readdirSync(out)) rmSync(join(out, name), { recursive: true, force: true })
  cpSync(built, out, { recursive: true })
  if (out === defaultOut(root)) keepPrivate(root)
}
