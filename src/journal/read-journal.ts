/**
 * Journals of runs, read back. A torn last line is what a cut-off run leaves: it is left out.
 */

import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import { lstatSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { nearest } from '../text/nearest.ts'
import type { StampedEvent } from '../model/run-event.ts'
import { UsageError } from '../diagnostic/usage-error.ts'
import { readRegular } from '../project-files/read-file.ts'
import { asEvent } from './event-schema.ts'
import { firstLine } from './line-ends.ts'

/** A text of more would not fit into one value. */
const maxJournalBytes = 384 * 1024 * 1024

/** @throws {UsageError} For a journal that no version of this program wrote. */
export function readJournal(runsFolder: string, run: string): readonly StampedEvent[] {
  const file = journalFile(runsFolder, run)
  const lines = readRegular(file, maxJournalBytes).toString().split('\n')
  const events: StampedEvent[] = []
  for (const [index, line] of lines.entries()) {
    if (line === '') continue
    const event = readEvent(line)
    if (event) events.push(event)
    else if (index < lines.length - 1)
      throw new UsageError(messages.notAnEvent(`${file}:${index + 1}`))
  }
  return events
}

export function journalFile(runsFolder: string, run: string): string {
  return join(runsFolder, run, 'events.jsonl')
}

function readEvent(line: string): StampedEvent | undefined {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return undefined
  }
  return asEvent(value)
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

/** Empty where it cannot be read: what is wrong with it is said by whoever reads it. */
function startOf(file: string): string {
  try {
    return readEvent(firstLine(file))?.at ?? ''
  } catch {
    return ''
  }
}

/** A link, or a pipe that would be waited for, is no run. */
function isRegular(runsFolder: string, run: string): boolean {
  const folder = lstatSync(join(runsFolder, run), { throwIfNoEntry: false })
  if (folder?.isDirectory() !== true) return false
  return lstatSync(journalFile(runsFolder, run), { throwIfNoEntry: false })?.isFile() === true
}

/** A run's name begins with it. */
function minuteOf(run: string): string {
  return run.slice(0, 'YYYYMMDD-HHMM'.length)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

/**
 * The run that a person means: an id, an unambiguous beginning of one, or the last.
 *
 * @throws {UsageError} Where there is none, or several.
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

/** Removes all that is kept here of a run. */
export function removeRun(runsFolder: string, run: string): void {
  rmSync(join(runsFolder, run), { recursive: true, force: true })
}
