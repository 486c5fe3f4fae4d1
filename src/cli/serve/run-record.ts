/**
 * "Make this the record": what a run would record, and which lines of its pages that would change.
 * Writes as `exec --record` and `sync` do. Bound to the journal and the pages that were looked at.
 */

import { createHash } from 'node:crypto'
import { relative, resolve, sep } from 'node:path'
import * as z from 'zod/mini'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { readJournal } from '../../journal/read-journal.ts'
import { readRunRequest, type RunRequest } from '../../journal/run-request.ts'
import type { Lang, Message } from '../../model/message.ts'
import type { RunbookRecord } from '../../model/record.ts'
import type { StampedEvent } from '../../model/run-event.ts'
import { stepAddress } from '../../model/runbook.ts'
import { RecordNotes } from '../../record/build-record.ts'
import { readRecordFiles, writeRecord } from '../../record/record-store.ts'
import { type SyncedPage, type SyncOptions, syncPage } from '../../sync/sync-page.ts'
import type { PlaceName, SyncChange } from '../../sync/sync-change.ts'
import { stepHash } from '../../plan/content-hash.ts'
import { hashOfPage } from '../page/page-hash.ts'
import type { Page } from '../page/pages.ts'
import { rewritePage } from '../page/rewrite-page.ts'
import { type Project, runsFolder } from '../project.ts'
import { flagsAgain } from '../run/kept-request.ts'
import { type PreparedRun, prepareRun } from '../run/prepare-run.ts'
import { builtRecords, type BuiltRecord, type RecordInput } from '../run/record-run.ts'
import { messages } from './messages.ts'

/** `POST runs/ID/record`: the hash that was offered, and the ids of accepted lines. */
export const recordWishShape = z.object({
  recordHash: z.string(),
  accept: z.record(z.string(), z.array(z.string())),
})

type RecordWish = z.infer<typeof recordWishShape>

interface OfferedPage {
  readonly page: Page
  /** Relative to the project. */
  readonly name: string
  readonly records: readonly RunbookRecord[]
  /** Its steps are no longer those that ran. */
  readonly changed: readonly string[]
}

interface Offer {
  readonly hash: string
  readonly isWhole: boolean
  readonly input: RecordInput
  readonly pages: readonly OfferedPage[]
}

export class RunRecord {
  readonly #project: Project
  readonly #lang: Lang

  constructor(project: Project, lang: Lang) {
    this.#project = project
    this.#lang = lang
  }

  /** The body of `GET runs/ID/record`. */
  offered(run: string): object {
    const { hash, isWhole, pages } = this.#offer(run)
    return { recordHash: hash, isWhole, pages: pages.map((page) => this.#body(page)) }
  }

  /**
   * Writes the records and the accepted lines.
   *
   * @returns `undefined` if a page or the run has changed since the offer; then nothing is written.
   * @throws {UsageError} For a page that changes meanwhile.
   */
  async keep(run: string, { recordHash, accept }: RecordWish): Promise<object | undefined> {
    const offer = this.#offer(run)
    if (offer.hash !== recordHash) return undefined
    const kept = new Map(offer.pages.filter(isRecordable).map((each) => [each.page.file, each]))
    const records: string[] = []
    for (const { file, record } of builtRecords(offer.input)) {
      if (!kept.has(file)) continue
      records.push(this.#inProject(await writeRecord(file, record)))
    }
    const changed: string[] = []
    for (const { page, name } of kept.values()) {
      const lines = new Set(accept[name] ?? [])
      const { edits } = synced(page, readRecordFiles(page.file).records, {
        isWantedLine: (place, line) => lines.has(lineId(place, line)),
      })
      if (edits.length === 0) continue
      await rewritePage(page, edits, this.#project)
      changed.push(name)
    }
    return { records, changed }
  }

  /** @throws {UsageError} If the run cannot be recorded at all. */
  #offer(run: string): Offer {
    const folder = runsFolder(this.#project)
    const request = readRunRequest(folder, run)
    const events = readJournal(folder, run)
    const ended = events.at(-1)
    if (request.undoes !== undefined) throw new UsageError(messages.noRecordOfUndo)
    if (ended?.kind !== 'run-ended') throw new UsageError(messages.noRecordBeforeEnd)
    const prepared = this.#prepared(request)
    const notes = new RecordNotes(prepared.runbooks)
    for (const event of events) notes.handle(event)
    const input = { prepared, sessions: hostsOf(request), notes, run, at: ended.at }
    const built = [...builtRecords(input)]
    const pages = prepared.pages
      .filter(({ file }) => file !== '-')
      .map((page) => this.#pageOffer(page, built, events))
    const bound = [run, ended.seq, ended.at, ...pages.map(({ page }) => hashOfPage(page.source))]
    const hash = createHash('sha256').update(bound.join('\n')).digest('hex')
    return { hash, isWhole: ended.status === 'passed' && ended.exit === 0, input, pages }
  }

  #prepared(request: RunRequest): PreparedRun {
    const given = { input: false, reporter: [], lang: this.#lang }
    return prepareRun(request.pages, flagsAgain(request, given, this.#project))
  }

  #pageOffer(
    page: Page,
    built: readonly BuiltRecord[],
    events: readonly StampedEvent[],
  ): OfferedPage {
    const records = built.flatMap(({ file, record }) => (file === page.file ? [record] : []))
    return { page, name: this.#inProject(page.file), records, changed: changedSteps(page, events) }
  }

  #body(offered: OfferedPage): object {
    const { page, name, records, changed } = offered
    const others = readRecordFiles(page.file).records.filter(
      ({ platform }) => !records.some((record) => record.platform === platform),
    )
    const { changes, problems } = isRecordable(offered)
      ? synced(page, [...others, ...records])
      : { changes: [], problems: [] }
    const said = ({ line, message }: { readonly line: number; readonly message: Message }) =>
      `${name}:${line}: ${message[this.#lang]}`
    return {
      page: name,
      title: page.runbook.title,
      changed,
      records: records.map(({ platform, host, steps }) => ({
        platform,
        host: host.name,
        steps: Object.keys(steps).length,
      })),
      changes: changes.map(changeBody),
      problems: problems.map(said),
    }
  }

  #inProject(file: string): string {
    return relative(this.#project.root, resolve(file)).split(sep).join('/')
  }
}

function isRecordable({ records, changed }: OfferedPage): boolean {
  return records.length > 0 && changed.length === 0
}

/** The hosts of a run as it found them; a run of an earlier version did not keep what a record says. */
function hostsOf({ machines }: RunRequest): RecordInput['sessions'] {
  return new Map(
    Object.entries(machines).map(([name, { facts, hostKey }]) => {
      if (!facts) throw new UsageError(messages.noFacts(name), messages.runAgainToRecord)
      return [name, { facts, hostKey }] as const
    }),
  )
}

/** Steps that ran as something else than what the page says now. */
function changedSteps({ runbook }: Page, events: readonly StampedEvent[]): readonly string[] {
  const ran = new Set(
    events.flatMap((event) => (event.kind === 'step-started' ? [event.step] : [])),
  )
  const started = events.findLast((event) => event.kind === 'run-started')
  const planned = started?.kind === 'run-started' ? started.steps : []
  const now = new Map<string, string[]>()
  for (const step of runbook.steps) {
    const address = stepAddress(runbook, step)
    now.set(address, [...(now.get(address) ?? []), stepHash(runbook, step)])
  }
  const own = `${runbook.name}#`
  return [
    ...new Set(
      planned
        .filter(({ step }) => ran.has(step) && step.startsWith(own))
        .filter(({ step, hash }) => now.get(step)?.includes(hash) !== true)
        .map(({ step }) => step.slice(own.length)),
    ),
  ]
}

/** A change without an accepted line is no change. */
function synced(
  { source, runbook }: Page,
  records: readonly RunbookRecord[],
  { isWantedLine }: Pick<SyncOptions, 'isWantedLine'> = {},
): SyncedPage {
  return syncPage(source, runbook, records, isWantedLine ? { isWantedLine } : {})
}

function changeBody({ step, command, line, platform, rules, lines }: SyncChange): object {
  return {
    step,
    line,
    platform,
    rules,
    lines: lines.map(({ removed = null, added = null }, index) => ({
      id: lineId({ step, command }, index),
      removed,
      added,
    })),
  }
}

/** Names a changed line within its page. */
function lineId({ step, command }: PlaceName, line: number): string {
  return `${step}/${command ?? ''}/${line}`
}
