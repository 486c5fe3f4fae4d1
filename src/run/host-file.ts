/**
 * Reading, writing and removing one file of a host. What a write replaces is kept first, in a
 * private folder of the run on that host.
 */

import { messages } from './messages.ts'
import { mergedNames } from '../model/named.ts'
import { bytesFromBase64, bytesToBase64 } from './byte-text.ts'
import { FileProblem, problemOf } from './file-problem.ts'
import { hostFileScripts } from './host-file-scripts.ts'
import type { HostSession } from './ports.ts'

/** Of a file that is read: what is larger is compared by its digest only. */
export const maxReadBytes = 700 * 1024

/** In the place of a digest: there is no such file. */
export const missing = 'missing'

/** Whose file it is asked as, for which run. */
export interface FileAccess {
  readonly session: Pick<HostSession, 'probe'>
  /** By sudo; `undefined` is the user that is logged in. */
  readonly user: string | undefined
  readonly run: string
  readonly timeoutMs: number
}

/** The state of a file before the run touched it. */
export type KeptFile =
  /** A copy of the old file, with its owner, mode and other attributes. */
  | { readonly kind: 'kept'; readonly place: string }
  /** The file did not exist. */
  | { readonly kind: 'new' }

export interface HostFile {
  /** With every symbolic link resolved. */
  readonly file: string
  /** Lower-case hexadecimal, or `missing`. */
  readonly sha256: string
  /** One character a byte; `undefined` where there is none, or more than `maxReadBytes`. */
  readonly bytes: string | undefined
  readonly size: number
  /** Octal digits; empty where there is no file. */
  readonly mode: string
  /** Names of this file on its file system. */
  readonly links: number
  /** What the run has kept of it already. */
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
  /** What the file has to be now, so that nobody's change is lost: a digest, or `missing`. */
  readonly was: string
  readonly content:
    /** One character a byte. */
    | { readonly bytes: string }
    /** A kept file of the host, with its owner, mode and other attributes. */
    | { readonly from: string }
    | 'removed'
  /** Octal digits; `undefined` keeps what the file has, 0644 for a new one. */
  readonly mode: string | undefined
}

export interface Written {
  /** Of the file as it is now, or `missing`. */
  readonly sha256: string
  /** `undefined`: the file was so already, and nothing was written. */
  readonly kept: KeptFile | undefined
}

/** Replaces the file whole or not at all. @throws {FileProblem} */
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

/** Removes what is kept of a run's files. @throws {FileProblem} */
export async function forgetKeptFiles(access: FileAccess): Promise<void> {
  await ask(access, hostFileScripts.forget, {}, undefined)
}

/** Lines of `NAME VALUE`; the value may be missing. */
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

/** Answers are lines. */
function oneLine(path: string): string {
  if (/[\n\0]/.test(path)) throw new FileProblem('host', messages.lineBreakInPath)
  return path
}
