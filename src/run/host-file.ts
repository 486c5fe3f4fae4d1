/**
 * Reads, writes and removes one file on a host. A write first backs up the old file in the run's
 * private folder on that host.
 */

import { messages } from './messages.ts'
import { mergedNames } from '../model/named.ts'
import { bytesFromBase64, bytesToBase64 } from './byte-text.ts'
import { FileProblem, problemOf } from './file-problem.ts'
import { hostFileScripts } from './host-file-scripts.ts'
import type { HostSession } from './ports.ts'

/** Limit for reading a file; a larger one is compared by digest only. */
export const maxReadBytes = 700 * 1024

/** Stands for the digest of a missing file. */
export const missing = 'missing'

/** The user and run of an access. */
export interface FileAccess {
  readonly session: Pick<HostSession, 'probe'>
  /** The user to become with sudo; `undefined`: the login user. */
  readonly user: string | undefined
  readonly run: string
  readonly timeoutMs: number
}

/** The file's state before the run changed it. */
export type KeptFile =
  /** A backup, with owner, mode and other attributes. */
  | { readonly kind: 'kept'; readonly place: string }
  /** The file did not exist. */
  | { readonly kind: 'new' }

export interface HostFile {
  /** With every symbolic link resolved. */
  readonly file: string
  /** Lower-case hexadecimal, or `missing`. */
  readonly sha256: string
  /** One character a byte; `undefined` if the file is missing or larger than `maxReadBytes`. */
  readonly bytes: string | undefined
  readonly size: number
  /** Octal digits; empty if the file is missing. */
  readonly mode: string
  /** Number of hard links. */
  readonly links: number
  /** The run's existing backup. */
  readonly kept: KeptFile | undefined
}

/** @throws {FileProblem} */
export async function readHostFile(access: FileAccess, path: string): Promise<HostFile> {
  const env = { RUNBOOK_FILE: oneLine(path), RUNBOOK_LIMIT: String(maxReadBytes) }
  const answers = await ask(access, hostFileScripts.read, env, undefined)
  const file = answers.get('file') ?? ''
  const kept = keptOf(answers)
  if (file !== '' && answers.has(missing)) {
    return { file, sha256: missing, bytes: undefined, size: 0, mode: '', links: 0, kept }
  }
  const sha256 = answers.get('sha256') ?? ''
  const mode = answers.get('mode') ?? ''
  const size = numberOf(answers.get('size'))
  const links = numberOf(answers.get('links'))
  const text = answers.get('text')
  const bytes = text === undefined ? undefined : bytesFromBase64(text)
  const isWhole = size > maxReadBytes ? text === undefined : bytes?.length === size
  if (file === '' || !isWhole || !isDigest(sha256) || !/^[0-7]{1,5}$/.test(mode)) {
    throw new FileProblem('answer')
  }
  return { file, sha256, bytes, size, mode, links, kept }
}

export interface FileWrite {
  readonly path: string
  /** The expected current digest, or `missing`; protects changes made by others. */
  readonly was: string
  readonly content:
    /** One character a byte. */
    | { readonly bytes: string }
    /** A backup on the host, with owner, mode and other attributes. */
    | { readonly from: string }
    | 'removed'
  /** Octal digits; `undefined` keeps the file's mode, 0644 for a new file. */
  readonly mode: string | undefined
}

export interface Written {
  /** Digest after the write, or `missing`. */
  readonly sha256: string
  /** `undefined`: the file was already as wanted, and nothing was written. */
  readonly kept: KeptFile | undefined
}

/**
 * Replaces the file atomically.
 * @throws {FileProblem}
 */
export async function writeHostFile(access: FileAccess, write: FileWrite): Promise<Written> {
  const { path, was, content, mode = '' } = write
  const bytes = content !== 'removed' && 'bytes' in content ? content.bytes : undefined
  const env = {
    RUNBOOK_FILE: oneLine(path),
    RUNBOOK_WAS: was,
    RUNBOOK_MODE: mode,
    RUNBOOK_SIZE: String(bytes?.length ?? 0),
    RUNBOOK_FROM: content !== 'removed' && 'from' in content ? content.from : '',
    RUNBOOK_REMOVE: content === 'removed' ? 'yes' : '',
  }
  const stdin = bytes === undefined ? undefined : bytesToBase64(bytes)
  const answers = await ask(access, hostFileScripts.write, env, stdin)
  const kept = keptOf(answers)
  const sha256 = answers.get('sha256') ?? ''
  if (!isDigest(sha256) || (kept === undefined && !answers.has('same'))) {
    throw new FileProblem('answer')
  }
  return { sha256, kept }
}

/**
 * Removes the backups of a run.
 * @throws {FileProblem}
 */
export async function forgetKeptFiles(access: FileAccess): Promise<void> {
  await ask(access, hostFileScripts.forget, {}, undefined)
}

/** Parses lines of `NAME VALUE`; the value may be missing. */
async function ask(
  { session, user, run, timeoutMs }: FileAccess,
  script: string,
  env: Readonly<Record<string, string>>,
  stdin: string | undefined,
): Promise<ReadonlyMap<string, string>> {
  const { status, stdout, stderr, isCut } = await session.probe({
    script,
    stdin,
    user,
    env: mergedNames(env, { RUNBOOK_RUN: run }),
    timeoutMs,
  })
  if (status !== 0) throw problemOf(stderr, status)
  if (isCut) throw new FileProblem('answer')
  const lines = stdout.split('\n').filter((line) => line !== '')
  return new Map(
    lines.map((line) => {
      const at = line.indexOf(' ')
      return at === -1 ? ([line, ''] as const) : ([line.slice(0, at), line.slice(at + 1)] as const)
    }),
  )
}

function keptOf(answers: ReadonlyMap<string, string>): KeptFile | undefined {
  const place = answers.get('kept')
  if (place !== undefined) return { kind: 'kept', place }
  return answers.has('new') ? { kind: 'new' } : undefined
}

function isDigest(text: string): boolean {
  return text === missing || /^[0-9a-f]{64}$/.test(text)
}

function numberOf(text: string | undefined): number {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : NaN
}

/** Refuses line ends, because answers are lines. */
function oneLine(path: string): string {
  if (/[\n\0]/.test(path)) throw new FileProblem('host', messages.lineBreakInPath)
  return path
}
