/** What reporters need to show a run again. */

import { existsSync } from 'node:fs'
import { foreignRuns } from '../../journal/foreign-runs.ts'
import { readJournal } from '../../journal/read-journal.ts'
import type { Lang } from '../../model/message.ts'
import type { StampedEvent } from '../../model/run-event.ts'
import { chooseLang } from '../lang.ts'
import { type Page, readPage } from '../page/pages.ts'
import { type Project, runsFolder } from '../project.ts'
import type { RunReportOptions } from '../run/reporters.ts'

interface Replay {
  readonly events: readonly StampedEvent[]
  readonly options: RunReportOptions & { readonly lang: Lang }
}

export function replayOf(run: string, project: Project, flag: Lang | undefined): Replay {
  const folder = runsFolder(project)
  const events = readJournal(folder, run)
  // A run that came with the repository must not choose the files that are read.
  const pages = foreignRuns(folder).has(run) ? [] : pagesOf(events, project)
  const options = {
    runbooks: pages.map(({ runbook }) => runbook),
    pageNeeds: [],
    sources: new Map(pages.map(({ file, source }) => [file, source])),
    lang: chooseLang({ flag, pages, project }),
    before: [],
    lastMs: () => undefined,
  }
  return { events, options }
}

/** The current pages of a run, without those that are gone. */
function pagesOf(events: readonly StampedEvent[], project: Project): readonly Page[] {
  const started = events.find((event) => event.kind === 'run-started')
  const files = started?.kind === 'run-started' ? started.runbooks : []
  return files
    .filter((file) => file !== '-' && existsSync(file))
    .map((file) => readPage(file, project, undefined))
}
