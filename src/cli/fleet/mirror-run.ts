/** Copies a run of the workers' database into this project, for commands that read journals. */

import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { journalOf, type LaneStore } from '../../fleet/lane-store.ts'
import { journalFile } from '../../journal/read-journal.ts'
import { asRunRequest, writeRunRequest } from '../../journal/run-request.ts'
import type { Lang } from '../../model/message.ts'
import type { StampedEvent } from '../../model/run-event.ts'
import { keepPrivate } from '../../project-files/keep-private.ts'
import { writeWhole } from '../../project-files/write-whole.ts'
import { chooseLang } from '../lang.ts'
import { type Project, runsFolder } from '../project.ts'
import { terminalPrompt } from '../terminal/terminal-prompt.ts'
import { openDatabase } from './database.ts'
import { messages } from './messages.ts'

/**
 * @param text - An id or its prefix.
 * @returns The run's id.
 * @throws {UsageError} If there is no such run, or another version started it.
 */
async function mirrorRun(store: LaneStore, text: string, project: Project): Promise<string> {
  const { run, request: stored } = await findStored(store, text)
  const request = asRunRequest(stored)
  if (!request) throw new UsageError(messages.otherRequest(run), messages.sameVersion)
  keepPrivate(project.root)
  const folder = runsFolder(project)
  const pages = request.pages.map((page) => (page === '-' ? page : resolve(project.root, page)))
  await writeRunRequest(folder, run, { ...request, pages })
  await writeMirror(folder, run, journalOf(await store.history(run)))
  return run
}

/** @throws {UsageError} Also if no run is named: the newest may be anybody's. */
export async function mirrorFor(
  text: string | undefined,
  project: Project,
  flags: { readonly lang?: Lang | undefined; readonly input?: boolean },
): Promise<string> {
  if (text === undefined) throw new UsageError(messages.nameRun, messages.seeWorkersRuns)
  const lang = chooseLang({ flag: flags.lang, project })
  const prompt = terminalPrompt({ lang, noInput: flags.input === false })
  const store = await openDatabase(project, { prompt, lang })
  try {
    return await mirrorRun(store, text, project)
  } finally {
    await store.close()
  }
}

/** @throws {UsageError} If none or several match. */
export async function findStored(store: LaneStore, text: string) {
  const exact = await store.run(text)
  if (exact) return exact
  const found = (await store.runs(1000)).filter(({ run }) => run.startsWith(text))
  const [only, other] = found
  if (only && !other) return only
  const names = found.map(({ run }) => run).join(' ')
  if (only) throw new UsageError(messages.ambiguousRun(text, names), messages.seeWorkersRuns)
  throw new UsageError(messages.noSuchRun(text), messages.seeWorkersRuns)
}

/** Replaces this project's copy of a run's journal. */
export async function writeMirror(
  folder: string,
  run: string,
  events: readonly StampedEvent[],
): Promise<void> {
  await mkdir(join(folder, run), { recursive: true, mode: 0o700 })
  const text = events.map((event) => `${JSON.stringify(event)}\n`).join('')
  await writeWhole(journalFile(folder, run), text, 0o600)
}
