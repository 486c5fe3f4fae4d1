/**
 * What a person must trust in a project, and whether they have. As in direnv, trust is stored by
 * the project's real path and a hash of exactly these entries, so a changed entry is asked about
 * again.
 */

import { messages } from './messages.ts'
import { createHash } from 'node:crypto'
import { realpathSync, statSync } from 'node:fs'
import { relative } from 'node:path'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { shellQuote } from '../../shell/protocol.ts'
import { isOurs } from '../../project-files/file-owner.ts'
import type { ActingEntry } from '../config/read-config.ts'
import { readTrusted } from './trust-store.ts'

export interface TrustSubject {
  /** The real path of the project's folder. */
  readonly project: string
  /** Another user who owns the project's file, if that is neither us nor root. */
  readonly foreignOwner: number | undefined
  /** Programs that the project's file would start. */
  readonly entries: readonly ActingEntry[]
  /** Hash of all fields above. */
  readonly hash: string
}

/** @param file - The project's `runbook.yml`, if there is one. */
export function trustSubject(
  root: string,
  file: string | undefined,
  entries: readonly ActingEntry[],
): TrustSubject {
  const owners = file === undefined ? [] : [file, root].map((path) => statSync(path).uid)
  const foreignOwner = owners.find((uid) => !isOurs(uid))
  const shown = entries
    .map(({ key, command }) => [key, command] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  const text = JSON.stringify([foreignOwner ?? null, shown])
  const hash = createHash('sha256').update(text).digest('hex')
  return { project: realpathSync(root), foreignOwner, entries, hash }
}

export function needsTrust({ foreignOwner, entries }: TrustSubject): boolean {
  return foreignOwner !== undefined || entries.length > 0
}

export function isTrusted({ project, hash }: TrustSubject): boolean {
  return readTrusted(project)?.hash === hash
}

/** Whether an entry is the project's, not the user's own. */
export function isOfProject({ entries }: TrustSubject, entry: ActingEntry): boolean {
  return entries.includes(entry)
}

/** The command that trusts a project. */
export function trustCommand({ project }: TrustSubject): string {
  const way = relative(process.cwd(), project)
  return way === '' ? 'runbook trust' : `runbook trust ${shellQuote(project)}`
}

/**
 * Refuses a `runbook.yml` that another user put into a parent folder.
 *
 * @throws {UsageError}
 */
export function refuseForeign(subject: TrustSubject): void {
  const { foreignOwner, project } = subject
  if (foreignOwner === undefined || isTrusted(subject)) return
  throw new UsageError(
    messages.foreign(project, foreignOwner),
    messages.trustThatUser(trustCommand(subject)),
  )
}
