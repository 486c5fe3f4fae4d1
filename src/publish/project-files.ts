/**
 * Decides which project files the site may read, by their real paths, so that a link in a
 * repository cannot lead elsewhere.
 */

import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import { existsSync, realpathSync, statSync } from 'node:fs'
import { extname, relative, sep } from 'node:path'
import { UsageError } from '../diagnostic/usage-error.ts'
import { readRegular } from '../project-files/read-file.ts'
import { isBelow, realInside } from '../project-files/real-place.ts'
import { MissingFile, SiteError } from './site-error.ts'

/** Size limit of a page, record or image. */
const maxFileBytes = 64 * 1024 * 1024

/** Folders with keys, journals and history; never published. */
const privateFolders = new Set(['.runbook', '.git'])

/**
 * The real path of a file or folder of the project.
 *
 * @param name - Its name in messages.
 * @throws {SiteError} If it is missing, outside the project, or in a private folder.
 */
export function realPathIn(root: string, path: string, name: Message): string {
  if (!isBelow(root, path)) throw new SiteError(messages.outside(name))
  if (!existsSync(path)) throw new MissingFile(messages.notThere(name))
  const real = insideOf(root, path, name)
  const closed = relative(realpathSync(root), real)
    .split(sep)
    .find((part) => privateFolders.has(part))
  if (closed !== undefined) throw new SiteError(messages.neverPublished(name, closed))
  return real
}

function insideOf(root: string, path: string, name: Message): string {
  try {
    return realInside(root, path)
  } catch (error) {
    if (error instanceof UsageError) throw new SiteError(messages.outside(name))
    throw error
  }
}

/**
 * The real path of a regular file of certain types.
 *
 * @param types - Extensions with their dot, in lower case; for a link, both its own and its
 * target's must match.
 * @throws {SiteError} If it is another kind of file.
 */
export function realFileIn(
  root: string,
  path: string,
  name: Message,
  types: ReadonlySet<string>,
): string {
  const real = realPathIn(root, path, name)
  for (const each of [path, real]) {
    if (!types.has(extname(each).toLowerCase()))
      throw new SiteError(messages.wrongType(name, [...types].join(' ')))
  }
  refuseIrregular(real, name)
  return real
}

/** @throws {SiteError} If it is a device, a pipe, or too large. */
export function refuseIrregular(real: string, name: Message): void {
  const state = statSync(real)
  if (!state.isFile()) throw new SiteError(messages.notRegular(name))
  if (state.size > maxFileBytes)
    throw new SiteError(messages.tooLarge(name, maxFileBytes / 1024 / 1024))
}

/** The bytes of a file at a real path; refuses a link that has replaced it. */
export function readReal(real: string): Buffer {
  return readRegular(real, maxFileBytes)
}
