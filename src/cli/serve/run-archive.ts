/** Earlier runs, as the pages of runs ask for them. */

import { resolve } from 'node:path'
import { LocalizedError } from '../../diagnostic/localized-error.ts'
import { foreignRuns } from '../../journal/foreign-runs.ts'
import { journalFile, listRuns } from '../../journal/read-journal.ts'
import { isHeld } from '../../journal/run-lock.ts'
import { readRunRequest } from '../../journal/run-request.ts'
import { type RunSummary, RunSummaries } from '../../journal/run-summary.ts'
import { undoneBy } from '../../journal/undone.ts'
import { wholeOutput } from '../../journal/whole-output.ts'
import type { Lang } from '../../model/message.ts'
import { withoutCutOff } from '../../run/without-cut-off.ts'
import { followList } from '../../serve/follow-list.ts'
import type { ListedRun, ReportForm, RunArchive } from '../../serve/run-archive.ts'
import { PageErrors } from '../page/page-errors.ts'
import { pagesIn } from '../page/pages.ts'
import { type Project, runsFolder } from '../project.ts'
import { writtenReport } from '../run/reporters.ts'
import { replayOf } from '../runs/replay.ts'
import { siteAddress } from './site-address.ts'
import { RunHistory } from './run-history.ts'
import { recordWishShape, RunRecord } from './run-record.ts'

const reportTypes: Readonly<Record<ReportForm, string>> = {
  markdown: 'text/markdown; charset=utf-8',
  html: 'text/plain; charset=utf-8',
  junit: 'text/plain; charset=utf-8',
  plain: 'text/plain; charset=utf-8',
  json: 'application/x-ndjson',
}

interface ArchiveOptions {
  readonly isReadOnly: boolean
  readonly lang: Lang
}

export function runArchive(project: Project, { isReadOnly, lang }: ArchiveOptions): RunArchive {
  const folder = runsFolder(project)
  const list = new RunList(folder)
  const history = new RunHistory(folder)
  const record = new RunRecord(project, lang)
  /** Looked up anew: whether a run is ours may change. */
  const isOurs = (run: string) => listRuns(folder).includes(run) && !foreignRuns(folder).has(run)
  const ours = <T>(run: string, use: () => T): T | undefined => (isOurs(run) ? use() : undefined)
  return {
    isReadOnly,
    list: () => list.read(),
    follow: (signal) => followList(() => list.read(), signal),
    details: async (run) =>
      ours(run, async () => {
        const listed = await list.of(run)
        const addresses = listed.pages.map((file) => addressOf(file, project))
        return { ...listed, addresses, undoes: undoes(folder, run) }
      }),
    history: (run) => ours(run, () => history.of(list.summaryOf(run), list.summaries())),
    output: (run, step) => ours(run, () => wholeOutput(journalFile(folder, run), step)),
    report: (run, form) =>
      ours(run, () => {
        const { events, options } = replayOf(run, project, lang)
        const told = form === 'json' ? events : withoutCutOff(events)
        return { type: reportTypes[form], text: writtenReport(form, options, told) }
      }),
    offeredRecord: async (run) => ours(run, () => orProblem(lang, () => record.offered(run))),
    keepRecord: async (run, body) => {
      const wish = recordWishShape.safeParse(body)
      if (!wish.success) return { problem: 'wrong-body' }
      if (!isOurs(run)) return undefined
      return (await orProblem(lang, () => record.keep(run, wish.data))) ?? { problem: 'changed' }
    },
  }
}

/** What cannot be recorded is an answer, not a fault. */
async function orProblem(
  lang: Lang,
  work: () => object | undefined | Promise<object | undefined>,
): Promise<object | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof PageErrors) return { problem: 'not-recordable', text: error.draw(lang) }
    if (!(error instanceof LocalizedError)) throw error
    return { problem: 'not-recordable', text: error.text[lang] }
  }
}

/** A page's path on the site; `null` if it is gone, or not one of the site. */
function addressOf(file: string, project: Project): string | null {
  const whole = resolve(project.root, file)
  return pagesIn(project.pages).includes(whole) ? `/${siteAddress(whole, project)}` : null
}

function undoes(folder: string, run: string): string | null {
  try {
    return readRunRequest(folder, run).undoes ?? null
  } catch {
    return null
  }
}

/** The summaries of our runs, the newest first. An unreadable run is left out; `runbook runs` says why. */
class RunList {
  readonly #folder: string
  readonly #summaries: RunSummaries
  /** Asking git costs a process: once for each set of runs. Only the list relies on it. */
  #foreign: { readonly of: string; readonly runs: ReadonlySet<string> } | undefined

  constructor(folder: string) {
    this.#folder = folder
    this.#summaries = new RunSummaries(folder)
  }

  summaryOf(run: string): RunSummary {
    return this.#summaries.of(run)
  }

  summaries(): readonly RunSummary[] {
    const runs = listRuns(this.#folder)
    const of = runs.join(' ')
    if (this.#foreign?.of !== of)
      this.#foreign = { of, runs: new Set(foreignRuns(this.#folder).keys()) }
    const foreign = this.#foreign.runs
    return runs
      .filter((run) => !foreign.has(run))
      .map((run) => this.#summaries.of(run))
      .filter(({ status }) => status !== 'unreadable')
  }

  read(): Promise<readonly ListedRun[]> {
    return Promise.all(this.summaries().map((summary) => this.#listed(summary)))
  }

  of(run: string): Promise<ListedRun> {
    return this.#listed(this.#summaries.of(run))
  }

  async #listed(summary: RunSummary): Promise<ListedRun> {
    const { run, at, by, status, runbooks, hosts, steps, durationMs } = summary
    return {
      run,
      at,
      by,
      status,
      pages: runbooks,
      hosts,
      steps,
      durationMs,
      undoneBy: undoneBy(this.#folder, run) ?? null,
      isHeld: await isHeld(`${this.#folder}/${run}`).catch(() => false),
    }
  }
}
