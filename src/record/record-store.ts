/**
 * Records on disk: `.records/PAGE/PLATFORM.json` beside the page, committed with it.
 */

import { LocalizedError } from '../diagnostic/localized-error.ts'
import { reasonOf } from '../diagnostic/reason-of.ts'
import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { named } from '../model/named.ts'
import { isPlatform } from '../model/host.ts'
import { type RunbookRecord, runbookRecord } from '../model/record.ts'
import { pageName } from '../model/runbook.ts'
import { UsageError } from '../diagnostic/usage-error.ts'
import { projectRoot } from '../project-files/project-root.ts'
import { readInside } from '../project-files/read-file.ts'
import { realInside } from '../project-files/real-place.ts'
import { writeInside } from '../project-files/write-whole.ts'

/** An unreadable record; reported, never skipped. */
export class RecordError extends LocalizedError {
  override readonly name = 'RecordError'
}

/** The folder of a page's records. */
export function recordsFolder(pageFile: string): string {
  return join(dirname(pageFile), '.records', pageName(basename(pageFile)))
}

/**
 * The records of a page, by platform.
 *
 * @throws {RecordError} If a file is not a record.
 * @throws {UsageError} If the path leads out of the page's project.
 */
export function readRecords(pageFile: string): readonly RunbookRecord[] {
  const { records, unreadable } = readRecordFiles(pageFile)
  const [problem] = unreadable
  if (problem) throw problem
  return records
}

/** Like `readRecords`, but an unreadable record does not throw, so that a run can go on. */
export function readRecordFiles(pageFile: string): {
  readonly records: readonly RunbookRecord[]
  readonly unreadable: readonly RecordError[]
} {
  const root = projectRoot(dirname(pageFile))
  const folder = recordsFolder(pageFile)
  const names = namesIn(realInside(root, folder)).filter((name) => name.endsWith('.json'))
  const records: RunbookRecord[] = []
  const unreadable: RecordError[] = []
  for (const name of names.toSorted()) {
    try {
      records.push(readRecord(root, join(folder, name)))
    } catch (error) {
      if (!(error instanceof RecordError)) throw error
      unreadable.push(error)
    }
  }
  return { records, unreadable }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

function readRecord(root: string, file: string): RunbookRecord {
  const fail = (why: Message) => new RecordError(messages.unusable(file, why))
  let value: unknown
  try {
    value = JSON.parse(readInside(root, file).toString())
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw fail(reasonOf(error))
  }
  const result = runbookRecord.safeParse(value)
  if (!result.success) throw fail(messages.notARecord(result.error.issues[0]?.path.join('.') ?? ''))
  const { steps, deviations } = result.data
  return {
    ...result.data,
    steps: named(Object.entries(steps)),
    deviations: deviations && named(Object.entries(deviations)),
  }
}

/**
 * Writes a record atomically; sorted keys give readable diffs.
 *
 * @throws {RecordError} If the platform would name a file elsewhere.
 */
export async function writeRecord(pageFile: string, value: RunbookRecord): Promise<string> {
  if (!isPlatform(value.platform)) {
    throw new RecordError(messages.notAPlatform(pageFile, value.platform))
  }
  const file = join(recordsFolder(pageFile), `${value.platform}.json`)
  await writeInside(
    projectRoot(dirname(pageFile)),
    file,
    `${JSON.stringify(sorted(value), undefined, 2)}\n`,
  )
  return file
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return named(
    entries
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)] as const),
  )
}
