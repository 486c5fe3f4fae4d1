import { existsSync } from 'node:fs'
import { Command } from '@commander-js/extra-typings'
import { unfinishedOr } from '../../journal/default-run.ts'
import { foreignRuns } from '../../journal/foreign-runs.ts'
import { findRun, readJournal } from '../../journal/read-journal.ts'
import type { StampedEvent } from '../../model/run-event.ts'
import { withoutCutOff } from '../../run/without-cut-off.ts'
import { chooseLang, langOption } from '../lang.ts'
import { say } from '../output.ts'
import { type Page, readPage } from '../page/pages.ts'
import { runLine } from './run-line.ts'
import { findProject, type Project, runsFolder } from '../project.ts'
import { reporterOption } from '../run/run-flags.ts'
import { openReporters, type ReporterFlag } from '../run/reporters.ts'

export const show = new Command('show')
  .summary('show one run in full')
  .description('Shows a run again: every step, its stored output, every failure.')
  .argument('[run]', 'an id or its prefix (default: the newest unfinished run, else the newest)')
  .option('--json', 'the events, one a line')
  .addOption(langOption)
  .action(async (run, { json, lang }) => {
    const flags: readonly ReporterFlag[] = [{ name: json ? 'json' : 'plain', file: undefined }]
    await replay({ text: run, byDefault: 'unfinished', flags, lang })
  })

export const report = new Command('report')
  .summary('export one run as Markdown, HTML, JUnit, …')
  .description('Writes a report of a run: markdown (default), html, junit, json, github or plain.')
  .argument('[run]', 'an id or its prefix (default: the last run)')
  .addOption(reporterOption('markdown'))
  .option('--html', 'one HTML file with a timeline of all steps; same as `--reporter html`')
  .addOption(langOption)
  .action(async (run, { reporter, html, lang }) => {
    const byDefault: readonly ReporterFlag[] =
      html || reporter.length === 0 ? [{ name: html ? 'html' : 'markdown', file: undefined }] : []
    const flags = [...byDefault, ...reporter]
    await replay({ text: run, byDefault: 'newest', flags, lang })
  })

interface Replay {
  /** The run as a person named it. */
  readonly text: string | undefined
  /** Which run to show if none is named. */
  readonly byDefault: 'unfinished' | 'newest'
  readonly flags: readonly ReporterFlag[]
  readonly lang: 'zh' | 'en' | undefined
}

async function replay({ text, byDefault, flags, lang: flag }: Replay): Promise<void> {
  const project = findProject(process.cwd())
  const folder = runsFolder(project)
  const run = byDefault === 'unfinished' ? unfinishedOr(folder, text) : findRun(folder, text)
  const events = readJournal(folder, run)
  // A run that came with the repository must not choose the files that are read.
  const pages = foreignRuns(folder).has(run) ? [] : pagesOf(events, project)
  const lang = chooseLang({ flag, pages, project })
  if (text === undefined) say(`${runLine(run, events, lang)}\n`)
  const reporters = openReporters(
    flags,
    {
      runbooks: pages.map(({ runbook }) => runbook),
      pageNeeds: [],
      sources: new Map(pages.map(({ file, source }) => [file, source])),
      lang,
      before: [],
      lastMs: () => undefined,
    },
    { alsoOnScreen: false },
  )
  const isRaw = flags.every(({ name }) => name === 'json')
  for (const event of isRaw ? events : withoutCutOff(events)) reporters.handle(event)
  await reporters.finish()
}

/** The current pages of a run, without those that are gone. */
function pagesOf(events: readonly StampedEvent[], project: Project): readonly Page[] {
  const started = events.find((event) => event.kind === 'run-started')
  const files = started?.kind === 'run-started' ? started.runbooks : []
  return files
    .filter((file) => file !== '-' && existsSync(file))
    .map((file) => readPage(file, project, undefined))
}
