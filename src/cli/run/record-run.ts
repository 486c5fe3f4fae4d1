import { messages } from './messages.ts'
import { isError } from '../../diagnostic/diagnostic.ts'
import { named } from '../../model/named.ts'
import { platformOf } from '../../model/host.ts'
import { buildRecord, type RecordNotes } from '../../record/build-record.ts'
import { readRecordFiles, writeRecord } from '../../record/record-store.ts'
import type { HostSession } from '../../run/ports.ts'
import { say } from '../output.ts'
import type { PreparedRun } from './prepare-run.ts'
import { toolName } from '../version.ts'

export interface RecordInput {
  readonly prepared: PreparedRun
  readonly sessions: ReadonlyMap<string, HostSession>
  readonly notes: RecordNotes
  readonly run: string
  /** ISO 8601, UTC: when the run ended. */
  readonly at: string
}

/** Writes a record for every page and lane, on the platform of the host of the page's first role. */
export async function recordRun({
  prepared,
  sessions,
  notes,
  run,
  at,
}: RecordInput): Promise<void> {
  for (const { runbook, file, diagnostics } of prepared.pages) {
    if (file === '-' || diagnostics.some(isError)) continue
    for (const lane of prepared.lanes) {
      const hosts = [...(lane.get(runbook)?.values() ?? [])].filter((name) => sessions.has(name))
      const [host] = hosts
      const session = host === undefined ? undefined : sessions.get(host)
      if (host === undefined || !session) continue
      const { facts, hostKey } = session
      const steps = named(hosts.flatMap((name) => Object.entries(notes.stepsOf(runbook, name))))
      const edited = named(
        hosts.flatMap((name) => Object.entries(notes.deviationsOf(runbook, name))),
      )
      if (Object.keys({ ...steps, ...edited }).length === 0) continue
      const before = readRecordFiles(file).records.find(
        ({ platform }) => platform === platformOf(facts),
      )
      const recorded = {
        run,
        tool: toolName,
        at,
        host: { name: host, facts, hostKey },
        steps,
        edited,
      }
      const written = await writeRecord(file, buildRecord(runbook, recorded, before))
      say(`${messages.recorded(written)[prepared.lang]}\n`)
    }
  }
}
