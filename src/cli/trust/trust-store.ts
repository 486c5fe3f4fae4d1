/**
 * The projects that a person has trusted: one private file each, in the user's own state folder.
 */

import { messages } from './messages.ts'
import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import * as z from 'zod/mini'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { readRegular } from '../../project-files/read-file.ts'
import { writeWhole } from '../../project-files/write-whole.ts'

const shape = z.object({
  v: z.literal(1),
  /** The project's real path. */
  project: z.string(),
  /** Hash of exactly what was shown. */
  hash: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
})

export type Trusted = z.infer<typeof shape>

function folder(): string {
  const given = process.env['XDG_STATE_HOME'] ?? ''
  const home = isAbsolute(given) ? given : join(homedir(), '.local', 'state')
  return join(home, 'runbook', 'trust')
}

function fileOf(project: string): string {
  return join(folder(), `${createHash('sha256').update(project).digest('hex')}.json`)
}

/** The stored trust in a project; ignores a file that another user could have written. */
export function readTrusted(project: string): Trusted | undefined {
  const found = isPrivate(folder()) ? readOne(fileOf(project)) : undefined
  return found?.project === project ? found : undefined
}

/** Sorted by path. */
export function listTrusted(): readonly Trusted[] {
  if (!isPrivate(folder())) return []
  return readdirSync(folder())
    .flatMap((name) => readOne(join(folder(), name)) ?? [])
    .toSorted((a, b) => (a.project < b.project ? -1 : 1))
}

/** @throws {UsageError} If the folder is not private. */
export async function writeTrusted(trusted: Trusted): Promise<void> {
  mkdirSync(folder(), { recursive: true, mode: 0o700 })
  if (!isPrivate(folder())) {
    throw new UsageError(messages.storeOpen(folder()), messages.removeStore)
  }
  const text = `${JSON.stringify(trusted, undefined, 2)}\n`
  await writeWhole(fileOf(trusted.project), text, 0o600)
}

/** @returns Whether the project was trusted. */
export function removeTrusted(project: string): boolean {
  const was = readTrusted(project) !== undefined
  rmSync(fileOf(project), { force: true })
  return was
}

function readOne(file: string): Trusted | undefined {
  if (!isPrivate(file)) return undefined
  try {
    const result = shape.safeParse(JSON.parse(readRegular(file).toString()))
    return result.success ? result.data : undefined
  } catch {
    return undefined
  }
}

/** Whether only we can write it; false for a link. */
function isPrivate(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found || found.isSymbolicLink() || (found.mode & 0o022) !== 0) return false
  const own = process.geteuid?.()
  return own === undefined || found.uid === own
}
