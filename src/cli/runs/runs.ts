import type { RunStatus } from '../../model/step-status.ts'
import { runStatuses } from './messages.ts'
import { type Lang, type Message, verbatim } from '../../model/message.ts'
import { reasonOf } from '../../diagnostic/reason-of.ts'
import { messages } from './messages.ts'
import { Command } from '@commander-js/extra-typings'
import { alignRows } from '../../text/align-rows.ts'
import { visibleText } from '../../text/visible-text.ts'
import { findOwnRun, foreignRuns } from '../../journal/foreign-runs.ts'
import { listRuns, readJournal } from '../../journal/read-journal.ts'
import { undoneBy } from '../../journal/undone.ts'
import { endedSteps, initialState, reduce, type RunState } from '../../run/reduce.ts'
import { forgetRun } from './forget-run.ts'
import { chooseLang, langOption } from '../lang.ts'
import { print, printJson, say } from '../output.ts'
import { findProject, runsFolder } from '../project.ts'

export const runs = new Command('runs')
  .summary('list earlier runs')
  .description('Lists the runs of the project, the newest first.')
  .option('--forget <run>', 'remove everything stored for a run, also on its hosts')
  .option('--json', 'one JSON document')
  .addOption(langOption)
  .action(async ({ forget, json, lang: flag }) => {
    const project = findProject(process.cwd())
    const lang = chooseLang({ flag, project })
    const folder = runsFolder(project)
    if (forget !== undefined) {
      const run = findOwnRun(folder, forget)
      await forgetRun(project, run, { keepJournal: false, lang })
      say(`${messages.forgotten(run)[lang]}\n`)
      return
    }
    const foreign = foreignRuns(folder)
    const rows = listRuns(folder).map((run) => ({
      ...summaryOrWhyNot(folder, run),
      undoneBy: undoneBy(folder, run) ?? null,
      refused: foreign.get(run) ?? null,
    }))
    if (json) printJson({ v: 1, runs: rows.map(toJson) })
    else print(renderRows(rows, lang))
  })

interface RunSummary {
  readonly run: string
  /** ISO 8601, UTC. */
  readonly at: string
  /** `unfinished` includes interrupted runs; `unreadable`: the journal cannot be read. */
  readonly status: RunStatus | 'unfinished' | 'unreadable'
  /** Why it is unreadable. */
  readonly why?: Message
  readonly runbooks: readonly string[]
  readonly hosts: readonly string[]
  readonly steps: { readonly total: number; readonly ended: number }
  /** The run that undid it; `null` if none did. */
  readonly undoneBy: string | null
  /** Why commands do not act on it; `null` for our own runs. */
  readonly refused: Message | null
}

/** An unreadable journal must not hide the other runs. */
function summaryOrWhyNot(folder: string, run: string): Omit<RunSummary, 'refused' | 'undoneBy'> {
  try {
    return summaryOf(folder, run)
  } catch (error) {
    const why = reasonOf(error)
    const steps = { total: 0, ended: 0 }
    return { run, at: '', status: 'unreadable', why, runbooks: [], hosts: [], steps }
  }
}

function summaryOf(folder: string, run: string): Omit<RunSummary, 'refused' | 'undoneBy'> {
  const events = readJournal(folder, run)
  const state = events.reduce<RunState>(reduce, initialState)
  const files = new Set(state.outline.map(({ file }) => file))
  return {
    run,
    at: events[0]?.at ?? '',
    status: state.ended?.status ?? 'unfinished',
    runbooks: [...files],
    hosts: state.hosts.map(({ name }) => name),
    steps: { total: state.outline.length, ended: endedSteps(state).length },
  }
}

/** Always in English. */
function toJson({ why, refused, ...summary }: RunSummary): object {
  return { ...summary, ...(why && { why: why.en }), refused: refused?.en ?? null }
}

function renderRows(rows: readonly RunSummary[], lang: Lang): string {
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
