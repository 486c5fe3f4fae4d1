/** Adds an accepted key to the known_hosts file of the user or the project. */

import { LocalizedError } from '../diagnostic/localized-error.ts'
import { messages } from './messages.ts'
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { HostKeySources } from '../model/ssh-target.ts'
import { realPath } from '../project-files/real-place.ts'
import { hashName, toHostKey } from './known-hosts-file.ts'

/**
 * Does nothing if keys are not stored. Keeps the mode of an existing file.
 *
 * @param name - The name that keys are looked up by.
 * @throws If the file is not regular or cannot be written.
 */
export async function keepHostKey(
  { keepIn, hashNames }: HostKeySources,
  name: string,
  blob: Buffer,
): Promise<void> {
  if (keepIn === undefined) return
  const path = realPath(keepIn)
  if (path === undefined) throw new LocalizedError(messages.linkToNothing(keepIn))
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const { O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants
  const file = await open(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600)
  try {
    const found = await file.stat()
    if (!found.isFile()) throw new LocalizedError(messages.notRegular(keepIn))
    const last = Buffer.alloc(1)
    if (found.size > 0) await file.read(last, 0, 1, found.size - 1)
    const gap = found.size === 0 || last.toString() === '\n' ? '' : '\n'
    const shown = hashNames ? hashName(name, randomBytes(20)) : name
    // One write, so that two runs do not interleave their lines.
    const line = `${gap}${shown} ${toHostKey(blob).algorithm} ${blob.toString('base64')}\n`
    await file.write(line)
  } finally {
    await file.close()
  }
}
