import { existsSync } from 'node:fs'
import { Command, Option } from '@commander-js/extra-typings'
import { findRun, readJournal } from '../../journal/read-journal.ts'
import type { StampedEvent } from '../../model/run-event.ts'
import { langOf } from '../lang.ts'
import { type Page, readPage } from '../pages.ts'
import { findProject, runsFolder } from '../project.ts'
import { reporterOption } from '../run-flags.ts'
import { openReporters, type ReporterFlag } from '../reporters.ts'

export const show = new Command('show')
  .summary('one run in full')
  .description('Shows a run again: every step, all that is kept of its output, every failure.')
  .argument('[run]', 'an id or its beginning (default: the last run)')
  .option('--json', 'the events, one a line')
  .addOption(new Option('--lang <lang>', 'the language of messages').choices(['zh', 'en'] as const))
  .action(async (run, { json, lang }) => {
    await replay(run, [{ name: json ? 'json' : 'plain', file: undefined }], lang)
  })

export const report = new Command('report')
  .summary('one run as Markdown, JUnit, …')
  .description('Writes a report of a run: markdown (default), junit, json, github or plain.')
  .argument('[run]', 'an id or its beginning (default: the last run)')
  .addOption(reporterOption('markdown'))
  .addOption(new Option('--lang <lang>', 'the language of messages').choices(['zh', 'en'] as const))
  .action(async (run, { reporter, lang }) => {
    await replay(
      run,
      reporter.length === 0 ? [{ name: 'markdown', file: undefined }] : reporter,
      lang,
    )
  })

async function replay(
  text: string | undefined,
  flags: readonly ReporterFlag[],
  lang: 'zh' | 'en' | undefined,
): Promise<void> {
  const project = findProject(process.cwd())
  const folder = runsFolder(project)
  const run = findRun(folder, text)
  const events = readJournal(folder, run)
  const pages = pagesOf(events)
  const reporters = openReporters(
    flags,
    {
      runbooks: pages.map(({ runbook }) => runbook),
      pageNeeds: [],
      sources: new Map(pages.map(({ file, source }) => [file, source])),
      lang: langOf(lang, project.lang),
      lastMs: () => undefined,
    },
    { alsoOnScreen: false },
  )
  for (const event of events) reporters.take(event)
  await reporters.finish()
}

/** The pages of a run as they are now; those that are gone are left out. */
function pagesOf(events: readonly StampedEvent[]): readonly Page[] {
  const started = events.find((event) => event.kind === 'run-started')
  const files = started?.kind === 'run-started' ? started.runbooks : []
  return files.filter((file) => file !== '-' && existsSync(file)).map((file) => readPage(file))
}
