/** Connects the server to a project's runs: its journals, and the command lines that start runs. */

import { join } from 'node:path'
import type { Lang } from '../../model/message.ts'
import { foreignRuns } from '../../journal/foreign-runs.ts'
import { journalFile, listRuns } from '../../journal/read-journal.ts'
import { isHeld } from '../../journal/run-lock.ts'
import { RunSummaries } from '../../journal/run-summary.ts'
import { undoneBy } from '../../journal/undone.ts'
import type { RunsInput } from '../../serve/runs.ts'
import type { PlanWish } from '../../serve/plan-wish.ts'
import { hashOfPage } from '../page/page-hash.ts'
import { type Project, runsFolder } from '../project.ts'
import { pageSource } from './page-model.ts'

interface Options {
  readonly isReadOnly: boolean
  readonly lang: Lang | undefined
}

export function projectRuns(project: Project, { isReadOnly, lang }: Options): RunsInput {
  const folder = runsFolder(project)
  const summaries = new RunSummaries(folder)
  const program = [process.execPath, process.argv[1] ?? '']
  const language = lang === undefined ? [] : ['--lang', lang]
  return {
    isReadOnly,
    cwd: project.root,
    hashOf: (page) => {
      const source = pageSource(project, page)
      return source === undefined ? undefined : hashOfPage(source)
    },
    execCommand: (wish) => [...program, 'exec', '--control', ...language, ...execWords(wish)],
    resumeCommand: (run) => [...program, 'resume', '--control', ...language, '--', run],
    journalOf: (run, isLiving) => {
      if (isLiving) return journalFile(folder, run)
      const isOurs = listRuns(folder).includes(run) && !foreignRuns(folder).has(run)
      return isOurs ? journalFile(folder, run) : undefined
    },
    isHeld: (run) => isHeld(join(folder, run)).catch(() => false),
    list: () => listed(folder, summaries),
  }
}

/** Each value is part of a `--flag=value` word or follows `--`: none can be read as a flag. */
function execWords({ page, pageHash, hosts, select = {}, stepwise, record }: PlanWish): string[] {
  return [
    `--page-hash=${pageHash}`,
    ...Object.entries(hosts).map(([role, host]) => `--host=${role}=${host}`),
    ...(select.from === undefined ? [] : [`--from=${select.from}`]),
    ...(select.only ?? []).map((id) => `--only=${id}`),
    ...(stepwise === true ? ['--step'] : []),
    ...(record === true ? ['--record'] : []),
    '--',
    page,
  ]
}

/** An unreadable run is left out; `runbook runs` reports why. */
async function listed(folder: string, summaries: RunSummaries): Promise<readonly object[]> {
  const foreign = foreignRuns(folder)
  const own = listRuns(folder).filter((run) => !foreign.has(run))
  const all = own.map((run) => summaries.of(run)).filter(({ status }) => status !== 'unreadable')
  return Promise.all(
    all.map(async ({ run, at, by, status, runbooks, hosts, steps, durationMs }) => ({
      run,
      at,
      by,
      status,
      pages: runbooks,
      hosts,
      steps,
      durationMs,
      undoneBy: undoneBy(folder, run) ?? null,
      isHeld: await isHeld(join(folder, run)),
    })),
  )
}
