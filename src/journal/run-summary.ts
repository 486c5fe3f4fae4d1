/**
 * One line about each run of a project, for `runs` and for the page of runs. Reads the first and the
 * last line of a journal; of an unfinished run, only what was added since the last look.
 */

import { lstatSync } from 'node:fs'
import { reasonOf } from '../diagnostic/reason-of.ts'
import type { Message } from '../model/message.ts'
import type { StampedEvent } from '../model/run-event.ts'
import type { RunStatus } from '../model/step-status.ts'
import { parsedEvent } from '../model/event-schema.ts'
import { firstLine, lastLine } from './line-ends.ts'
import { journalFile, readJournal } from './read-journal.ts'
import { JournalScan } from './scan-journal.ts'

export interface RunSummary {
  readonly run: string
  /** ISO 8601, UTC; empty if the journal is empty or unreadable. */
  readonly at: string
  /** Who started it; `null` in journals of earlier versions. */
  readonly by: string | null
  /** `unfinished` includes interrupted runs; `unreadable`: the journal cannot be read. */
  readonly status: RunStatus | 'unfinished' | 'unreadable'
  /** Why it is unreadable. */
  readonly why?: Message
  readonly runbooks: readonly string[]
  readonly hosts: readonly string[]
  readonly steps: { readonly total: number; readonly ended: number }
  /** From the first to the last event, pauses before a resume included; `null` if unfinished. */
  readonly durationMs: number | null
}

interface Known {
  /** Size and time of the journal that `summary` is about. */
  readonly version: string
  readonly summary: RunSummary
}

export class RunSummaries {
  readonly #folder: string
  readonly #known = new Map<string, Known>()
  /** Of unfinished runs. */
  readonly #scans = new Map<string, JournalScan>()

  constructor(runsFolder: string) {
    this.#folder = runsFolder
  }

  /** Never throws: an unreadable journal must not hide the other runs. */
  of(run: string): RunSummary {
    try {
      const { size, mtimeMs } = lstatSync(journalFile(this.#folder, run))
      const version = `${size} ${mtimeMs}`
      const known = this.#known.get(run)
      if (known?.version === version) return known.summary
      const summary = this.#read(run)
      this.#known.set(run, { version, summary })
      return summary
    } catch (error) {
      return { ...nothing, run, status: 'unreadable', why: reasonOf(error) }
    }
  }

  /** @throws {UsageError} If its first or last line is not an event. */
  #read(run: string): RunSummary {
    const file = journalFile(this.#folder, run)
    const first = parsedEvent(firstLine(file))
    const tail = lastLine(file)
    const last = parsedEvent(tail)
    // Only an incomplete last line may be no event; this names the wrong one.
    if (!first || !last) readJournal(this.#folder, run)
    if (first?.kind !== 'run-started') return { ...nothing, run, at: first?.at ?? '' }
    const about = { run, ...aboutStart(first) }
    if (last?.kind === 'run-ended') {
      this.#scans.delete(run)
      const { notRun, ...ends } = last.counts
      const ended = sum(Object.values(ends))
      const durationMs = Date.parse(last.at) - Date.parse(first.at)
      return { ...about, status: last.status, steps: { total: ended + notRun, ended }, durationMs }
    }
    const scan = this.#scans.get(run) ?? new JournalScan(file)
    this.#scans.set(run, scan)
    const { planned, ended } = scan.read()
    return {
      ...about,
      status: 'unfinished',
      steps: { total: planned.size, ended },
      durationMs: null,
    }
  }
}

const nothing = {
  at: '',
  by: null,
  status: 'unfinished',
  runbooks: [],
  hosts: [],
  steps: { total: 0, ended: 0 },
  durationMs: null,
} as const satisfies Omit<RunSummary, 'run'>

function aboutStart({ at, by, steps, hosts }: StampedEvent & { readonly kind: 'run-started' }) {
  return {
    at,
    by: by ?? null,
    runbooks: [...new Set(steps.map(({ file }) => file))],
    hosts: hosts.map(({ name }) => name),
  }
}

/** Fields of later versions may be of another type. */
function sum(counts: readonly unknown[]): number {
  return counts.reduce<number>((all, each) => all + (typeof each === 'number' ? each : 0), 0)
}
