import { Command } from '@commander-js/extra-typings'
import { unfinishedOr } from '../../journal/default-run.ts'
import { findRun } from '../../journal/read-journal.ts'
import { withoutCutOff } from '../../run/without-cut-off.ts'
import { langOption } from '../lang.ts'
import { say } from '../output.ts'
import { replayOf } from './replay.ts'
import { runLine } from './run-line.ts'
import { findProject, runsFolder } from '../project.ts'
import { reporterOption } from '../run/run-flags.ts'
import { openReporters, type ReporterFlag } from '../run/reporters.ts'

export const show = new Command('show')
  .summary('show one run in full')
  .description('Shows a run again: every step, its stored output, every failure.')
  .argument('[run]', 'an id or its prefix (default: the newest unfinished run, else the newest)')
  .option('--json', 'the events, one a line')
  .option('--workers', 'a run of the database of workers')
  .addOption(langOption)
  .action(async (run, { json, workers, lang }) => {
    if (workers) {
      const { mirrorFor } = await import('../fleet/mirror-run.ts')
      await mirrorFor(run, findProject(process.cwd()), { lang })
    }
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
  const { events, options } = replayOf(run, project, flag)
  if (text === undefined) say(`${runLine(run, events, options.lang)}\n`)
  const reporters = openReporters(flags, options, { alsoOnScreen: false })
  const isRaw = flags.every(({ name }) => name === 'json')
  for (const event of isRaw ? events : withoutCutOff(events)) reporters.handle(event)
  await reporters.finish()
}
