/**
 * Which files of a project the site may read: judged by their real path, so that a link that a
 * repository brings leads nowhere else.
 */

import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import { existsSync, realpathSync, statSync } from 'node:fs'
import { extname, relative, sep } from 'node:path'
import { UsageError } from '../diagnostic/usage-error.ts'
import { readRegular } from '../project-files/read-file.ts'
import { isBelow, realInside } from '../project-files/real-place.ts'
import { SiteError } from './site-error.ts'

/** No page, record or image is larger than this many bytes. */
const maxFileBytes = 64 * 1024 * 1024

/** Folders of a project that hold keys, journals and history: they are never published. */
const privateFolders = new Set(['.runbook', '.git'])

/**
 * The real path of a file or folder of the project.
 *
 * @param name - What a message calls it.
 * @throws {SiteError} Where it is missing, outside of the project, or in a private folder.
 */
export function realPathIn(root: string, path: string, name: Message): string {
  if (!isBelow(root, path)) throw new SiteError(messages.outside(name))
  if (!existsSync(path)) throw new SiteError(messages.notThere(name))
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
 * The real path of a regular file of one of some types.
 *
 * @param types - Endings with their dot, in lower case; a link's own and its target's must be among them.
 * @throws {SiteError} Where it is no such file.
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

/** @throws {SiteError} Where it is a device, a pipe, or too large. */
export function refuseIrregular(real: string, name: Message): void {
  const state = statSync(real)
  if (!state.isFile()) throw new SiteError(messages.notRegular(name))
  if (state.size > maxFileBytes)
    throw new SiteError(messages.tooLarge(name, maxFileBytes / 1024 / 1024))
}

/** The bytes of a file whose real path is known; a link that took its place is not followed. */
export function readReal(real: string): Buffer {
  return readRegular(real, maxFileBytes)
}
