/** How long each step of a run took in the last runs of its pages. */

import { journalFile } from '../../journal/read-journal.ts'
import type { RunSummary } from '../../journal/run-summary.ts'
import { JournalScan } from '../../journal/scan-journal.ts'
import { named } from '../../model/named.ts'
import type { StepDuration } from '../../timeline/duration-plot.ts'

/** The most runs that are looked at, the run itself included. */
const maxRuns = 20

export class RunHistory {
  readonly #folder: string
  readonly #scans = new Map<string, JournalScan>()

  constructor(runsFolder: string) {
    this.#folder = runsFolder
  }

  /**
   * By `STEP@HOST`, the oldest first. Steps that were skipped took no time and are left out.
   *
   * @param all - The runs of the project, the newest first.
   */
  of(run: RunSummary, all: readonly RunSummary[]): Readonly<Record<string, StepDuration[]>> {
    const pages = new Set(run.runbooks)
    const same = all
      .filter(({ at, runbooks }) => at <= run.at && runbooks.some((page) => pages.has(page)))
      .slice(0, maxRuns)
      .toReversed()
    const found = new Map<string, StepDuration[]>()
    for (const each of same)
      for (const [key, end] of this.#scanOf(each.run).ends) {
        if (!end || end.status === 'skipped') continue
        const before = found.get(key) ?? []
        found.set(key, [...before, { run: each.run, status: end.status, ms: end.durationMs }])
      }
    return named(found)
  }

  /** Reads only what was added since the last look. */
  #scanOf(run: string): JournalScan {
    const scan = this.#scans.get(run) ?? new JournalScan(journalFile(this.#folder, run))
    this.#scans.set(run, scan)
    return scan.read()
  }
}
