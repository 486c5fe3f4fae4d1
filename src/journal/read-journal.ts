/** Reads journals of runs. Ignores an incomplete last line, which a killed run leaves. */

import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import { lstatSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { nearest } from '../text/nearest.ts'
import type { StampedEvent } from '../model/run-event.ts'
import { UsageError } from '../diagnostic/usage-error.ts'
import { readRegular } from '../project-files/read-file.ts'
import { parsedEvent } from '../model/event-schema.ts'
import { firstLine } from './line-ends.ts'

/** A longer text would exceed the maximum length of a string. */
const maxJournalBytes = 384 * 1024 * 1024

/** @throws {UsageError} If the file is not a journal of any version. */
export function readJournal(runsFolder: string, run: string): readonly StampedEvent[] {
  const file = journalFile(runsFolder, run)
  const lines = readRegular(file, maxJournalBytes).toString().split('\n')
  const events: StampedEvent[] = []
  for (const [index, line] of lines.entries()) {
    if (line === '') continue
    const event = parsedEvent(line)
    if (event) events.push(event)
    else if (index < lines.length - 1)
      throw new UsageError(messages.notAnEvent(`${file}:${index + 1}`))
  }
  return events
}

export function journalFile(runsFolder: string, run: string): string {
  return join(runsFolder, run, 'events.jsonl')
}

/** Ids of all runs, the newest first. */
export function listRuns(runsFolder: string): readonly string[] {
  if (lstatSync(runsFolder, { throwIfNoEntry: false })?.isDirectory() !== true) return []
  const known = new Map<string, string>()
  const at = (run: string): string => {
    const time = known.get(run) ?? startOf(journalFile(runsFolder, run))
    known.set(run, time)
    return time
  }
  return readdirSync(runsFolder)
    .filter((name) => isRegular(runsFolder, name))
    .toSorted((a, b) => compare(minuteOf(b), minuteOf(a)) || compare(at(b), at(a)))
}

/** Empty if the file is unreadable; whoever reads the run gets the error. */
function startOf(file: string): string {
  try {
    return parsedEvent(firstLine(file))?.at ?? ''
  } catch {
    return ''
  }
}

/** Excludes links, and pipes that would block. */
function isRegular(runsFolder: string, run: string): boolean {
  const folder = lstatSync(join(runsFolder, run), { throwIfNoEntry: false })
  if (folder?.isDirectory() !== true) return false
  return lstatSync(journalFile(runsFolder, run), { throwIfNoEntry: false })?.isFile() === true
}

/** The minute at the start of a run's id. */
function minuteOf(run: string): string {
  return run.slice(0, 'YYYYMMDD-HHMM'.length)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

/**
 * The run that a person named: an id, an unambiguous prefix, or the last run.
 *
 * @throws {UsageError} If there is none, or several match.
 */
export function findRun(runsFolder: string, text: string | undefined): string {
  const runs = listRuns(runsFolder)
  const [last] = runs
  if (text === undefined) {
    if (last === undefined) throw new UsageError(messages.noRuns, messages.startOne)
    return last
  }
  const found = runs.filter((run) => run.startsWith(text))
  const [only, other] = found.includes(text) ? [text] : found
  if (only !== undefined && other === undefined) return only
  if (only !== undefined) throw new UsageError(messages.ambiguous(text, found.join(' ')))
  const meant = nearest(text, runs)
  throw new UsageError(
    messages.noSuchRun(text),
    meant === undefined ? messages.seeRuns : shared.didYouMean(meant),
  )
}

/** Removes everything stored here for a run. */
export function removeRun(runsFolder: string, run: string): void {
  rmSync(join(runsFolder, run), { recursive: true, force: true })
}
