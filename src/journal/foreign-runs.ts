/**
 * Detects runs that this user's program did not make: a repository may contain a folder that looks
 * like one. Such runs can be read, but no command acts on them.
 */

import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UsageError } from '../diagnostic/usage-error.ts'
import { isOurs } from '../project-files/file-owner.ts'
import { findRun, journalFile, listRuns } from './read-journal.ts'
import { requestFile } from './run-request.ts'

/**
 * For each run that is not ours, the reason, by run id.
 *
 * @param runsFolder - A real path.
 */
export function foreignRuns(runsFolder: string): ReadonlyMap<string, Message> {
  const runs = listRuns(runsFolder)
  if (runs.length === 0) return new Map()
  const tracked = trackedRuns(runsFolder)
  return new Map(
    runs.flatMap((run) => {
      const why = tracked(run) ?? notPrivate(runsFolder, run)
      return why === undefined ? [] : [[run, why] as const]
    }),
  )
}

/**
 * The run that a person named, if it is ours; without a name our newest.
 *
 * @throws {UsageError} If there is none, or it is not ours.
 */
export function findOwnRun(runsFolder: string, text: string | undefined): string {
  const foreign = foreignRuns(runsFolder)
  const newest = listRuns(runsFolder).find((run) => !foreign.has(run))
  const run = findRun(runsFolder, text ?? newest)
  refuse(run, foreign.get(run))
  return run
}

/** @throws {UsageError} If the run is not ours. */
export function refuseForeignRun(runsFolder: string, run: string): void {
  refuse(run, foreignRuns(runsFolder).get(run))
}

function refuse(run: string, why: Message | undefined): void {
  if (why === undefined) return
  throw new UsageError(messages.foreign(run, why), messages.continueWhereMade)
}

/** Our folders and files are private: a run that others could have written is not ours. */
function notPrivate(runsFolder: string, run: string): Message | undefined {
  const folder = join(runsFolder, run)
  for (const path of [runsFolder, folder, journalFile(runsFolder, run), requestFile(folder)]) {
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (!found) continue
    const isWhole = path === folder || path === runsFolder ? found.isDirectory() : found.isFile()
    if (!isWhole) return messages.notRegular(path)
    if (!isOurs(found.uid)) return messages.othersFile(path, found.uid)
    const mode = found.mode & 0o777
    if (path !== runsFolder && (mode & 0o077) !== 0) {
      return messages.notPrivate(path, mode.toString(8))
    }
  }
  return undefined
}

/** Runs git without the repository's own configuration, which could start programs. */
function trackedRuns(runsFolder: string): (run: string) => Message | undefined {
  if (!isInRepository(runsFolder)) return () => undefined
  const { error, status, stdout, stderr } = spawnSync(
    'git',
    ['-c', 'core.fsmonitor=false', '-c', 'safe.directory=*', 'ls-files', '-z', '--', '.'],
    {
      cwd: runsFolder,
      env: { ...withoutGit(process.env), LC_ALL: 'C' },
      encoding: 'utf8',
      timeout: 10_000,
      maxBuffer: 256 * 1024 * 1024,
    },
  )
  // Without git, no repository can have been checked out here.
  if (error && 'code' in error && error.code === 'ENOENT') return () => undefined
  if (status === 0) {
    const names = new Set(stdout.split('\0').map((path) => path.split('/')[0] ?? ''))
    return (run) => (names.has(run) ? messages.tracked : undefined)
  }
  if (stderr.includes('not a git repository')) return () => undefined
  return () => messages.gitUnsure(stderr.trim())
}

function isInRepository(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return true
    if (at === dirname(at)) return false
  }
}

/** A git hook sets variables for its own repository, which may be another one. */
function withoutGit(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_')))
}
