import { messages } from './messages.ts'
import { isError } from '../../diagnostic/diagnostic.ts'
import { named, valueOf } from '../../model/named.ts'
import { platformOf, type RecordedFacts } from '../../model/host.ts'
import type { RunbookRecord, StepRecord } from '../../model/record.ts'
import type { Runbook } from '../../model/runbook.ts'
import { buildRecord, type RecordNotes, withSecondRun } from '../../record/build-record.ts'
import { readRecordFiles, writeRecord } from '../../record/record-store.ts'
import { say } from '../output.ts'
import type { PreparedRun } from './prepare-run.ts'
import { toolName } from '../version.ts'

interface RecordedHost {
  readonly facts: RecordedFacts
  readonly hostKey: string | null
}

export interface RecordInput {
  readonly prepared: Pick<PreparedRun, 'pages' | 'lanes' | 'lang'>
  readonly sessions: ReadonlyMap<string, RecordedHost>
  readonly notes: RecordNotes
  readonly run: string
  /** ISO 8601, UTC: end of the run. */
  readonly at: string
}

/**
 * Writes a record for every page and lane, for the platform of the host of the page's first role.
 */
export async function recordRun(input: RecordInput): Promise<void> {
  for (const { file, record } of builtRecords(input)) {
    const written = await writeRecord(file, record)
    say(`${messages.recorded(written)[input.prepared.lang]}\n`)
  }
}

/** A record that is to be written beside a page. */
export interface BuiltRecord {
  readonly file: string
  readonly record: RunbookRecord
}

/** The records of a run. Each is read when the one before is written, because pages may share one. */
export function* builtRecords(input: RecordInput): Generator<BuiltRecord> {
  const { run, at } = input
  for (const { runbook, file, host, session, before, ...found } of recordedPages(input)) {
    const { facts, hostKey } = session
    const recorded = { run, tool: toolName, at, host: { name: host, facts, hostKey }, ...found }
    yield { file, record: buildRecord(runbook, recorded, before) }
  }
}

/**
 * Notes in the records of a run what a second run of it printed otherwise.
 *
 * @returns How many steps printed what their page does not say, and had printed it the first time.
 */
export async function recordSecondRun(input: RecordInput): Promise<number> {
  let unsteady = 0
  for (const { file, before, steps } of recordedPages(input)) {
    if (!before) continue
    const { record, differing } = withSecondRun(before, steps)
    unsteady += Object.entries(steps).filter(
      ([id, { differs }]) => differs === true && valueOf(before.steps, id)?.differs !== true,
    ).length
    if (differing > 0) await writeRecord(file, record)
  }
  return unsteady
}

/** What a run found out about a page on one lane. */
interface RecordedPage {
  readonly runbook: Runbook
  readonly file: string
  readonly host: string
  readonly session: RecordedHost
  /** By step id. */
  readonly steps: Readonly<Record<string, StepRecord>>
  readonly edited: Readonly<Record<string, string>>
  /** The record that stands on the host's platform. */
  readonly before: RunbookRecord | undefined
}

/** Page by page, as each is read when the one before is written. */
function* recordedPages({ prepared, sessions, notes }: RecordInput): Generator<RecordedPage> {
  for (const { runbook, file, diagnostics } of prepared.pages) {
    if (file === '-' || diagnostics.some(isError)) continue
    for (const lane of prepared.lanes) {
      const hosts = [...(lane.get(runbook)?.values() ?? [])].filter((name) => sessions.has(name))
      const [host] = hosts
      const session = host === undefined ? undefined : sessions.get(host)
      if (host === undefined || !session) continue
      const steps = named(hosts.flatMap((name) => Object.entries(notes.stepsOf(runbook, name))))
      const edited = named(
        hosts.flatMap((name) => Object.entries(notes.deviationsOf(runbook, name))),
      )
      if (Object.keys({ ...steps, ...edited }).length === 0) continue
      const platform = platformOf(session.facts)
      const before = readRecordFiles(file).records.find((each) => each.platform === platform)
      yield { runbook, file, host, session, steps, edited, before }
    }
  }
}
