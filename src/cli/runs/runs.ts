import { runStatuses } from './messages.ts'
import { type Lang, type Message, verbatim } from '../../model/message.ts'
import { messages } from './messages.ts'
import { Command, Option } from '@commander-js/extra-typings'
import { alignRows } from '../../text/align-rows.ts'
import { visibleText } from '../../text/visible-text.ts'
import { findOwnRun, foreignRuns } from '../../journal/foreign-runs.ts'
import { listRuns } from '../../journal/read-journal.ts'
import { type RunSummary, RunSummaries } from '../../journal/run-summary.ts'
import { undoneBy } from '../../journal/undone.ts'
import { forgetRun } from './forget-run.ts'
import { chooseLang, langOption } from '../lang.ts'
import { print, printJson, say } from '../output.ts'
import { findProject, runsFolder } from '../project.ts'

export const runs = new Command('runs')
  .summary('list earlier runs')
  .description('Lists the runs of the project, the newest first.')
  .option('--forget <run>', 'remove everything stored for a run, also on its hosts')
  .addOption(
    new Option('--workers', 'list the runs of the database of workers').conflicts('forget'),
  )
  .option('--json', 'one JSON document')
  .addOption(langOption)
  .action(async ({ forget, workers, json, lang: flag }) => {
    const project = findProject(process.cwd())
    const lang = chooseLang({ flag, project })
    if (workers) {
      const { listStored } = await import('../fleet/list-stored.ts')
      await listStored(project, { json: json === true, lang, onlyOpen: false })
      return
    }
    const folder = runsFolder(project)
    if (forget !== undefined) {
      const run = findOwnRun(folder, forget)
      await forgetRun(project, run, { keepJournal: false, lang })
      say(`${messages.forgotten(run)[lang]}\n`)
      return
    }
    const foreign = foreignRuns(folder)
    const summaries = new RunSummaries(folder)
    const rows = listRuns(folder).map((run) => ({
      ...summaries.of(run),
      undoneBy: undoneBy(folder, run) ?? null,
      refused: foreign.get(run) ?? null,
    }))
    if (json) printJson({ v: 1, runs: rows.map(toJson) })
    else print(renderRows(rows, lang))
  })

interface Row extends RunSummary {
  /** The run that undid it; `null` if none did. */
  readonly undoneBy: string | null
  /** Why commands do not act on it; `null` for our own runs. */
  readonly refused: Message | null
}

/** Always in English. */
function toJson({ why, refused, ...summary }: Row): object {
  return { ...summary, ...(why && { why: why.en }), refused: refused?.en ?? null }
}

function renderRows(rows: readonly Row[], lang: Lang): string {
  const cells = rows.map(
    ({ run, at, status, undoneBy: by, why, runbooks, hosts, steps, refused }) => {
      const what = why ?? verbatim(runbooks.join(' '))
      return [
        run,
        at.slice(0, 16).replace('T', ' '),
        (by === null ? runStatuses[status] : messages.undone(runStatuses[status]))[lang],
        why === undefined ? `${steps.ended}/${steps.total}` : '',
        hosts.join(','),
        (refused === null ? what : messages.notUsed(what, refused))[lang],
      ]
    },
  )
  return alignRows(cells.map((row) => row.map(visibleText)))
    .map((line) => `${line}\n`)
    .join('')
}
