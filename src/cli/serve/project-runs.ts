/** Connects the server to a project's runs: its journals, and the command lines that start runs. */

import { join } from 'node:path'
import type { Lang } from '../../model/message.ts'
import { foreignRuns } from '../../journal/foreign-runs.ts'
import { journalFile, listRuns, readJournal } from '../../journal/read-journal.ts'
import { isHeld } from '../../journal/run-lock.ts'
import type { RunsInput } from '../../serve/runs.ts'
import type { TerminalsInput } from '../../serve/terminals.ts'
import type { PlanWish } from '../../serve/plan-wish.ts'
import { hashOfPage } from '../page/page-hash.ts'
import { type Project, runsFolder } from '../project.ts'

interface Options {
  readonly isReadOnly: boolean
  readonly lang: Lang | undefined
}

export function projectRuns(project: Project, { isReadOnly, lang }: Options): RunsInput {
  const folder = runsFolder(project)
  const program = ownProgram()
  const language = lang === undefined ? [] : ['--lang', lang]
  return {
    isReadOnly,
    cwd: project.root,
    hashOf: async (page) => {
      const { pageSource } = await import('./page-model.ts')
      const source = pageSource(project, page)
      return source === undefined ? undefined : hashOfPage(source)
    },
    execCommand: (wish) => {
      const how = [
        ...(wish.stepwise === true ? ['--step'] : []),
        ...(wish.record === true ? ['--record'] : []),
      ]
      return [...program, 'exec', '--control', ...language, ...how, ...planWords(wish)]
    },
    planCommand: (wish) => [...program, 'plan', '--json', '--no-input', ...planWords(wish)],
    resumeCommand: (run) => [...program, 'resume', '--control', ...language, '--', run],
    undoCommand: (run) => [...program, 'undo', '--control', ...language, '--', run],
    journalOf: (run, isLiving) => {
      if (isLiving) return journalFile(folder, run)
      const isOurs = listRuns(folder).includes(run) && !foreignRuns(folder).has(run)
      return isOurs ? journalFile(folder, run) : undefined
    },
    isHeld: (run) => isHeld(join(folder, run)).catch(() => false),
  }
}

/** Shells on the hosts of runs, as `o` opens them at a terminal. */
export function projectTerminals(project: Project, isReadOnly: boolean): TerminalsInput {
  const folder = runsFolder(project)
  return {
    isReadOnly,
    cwd: project.root,
    shellCommand: (host) => [...ownProgram(), 'host', '--shell', '--', host],
    hostsOf: (run) => {
      if (!listRuns(folder).includes(run) || foreignRuns(folder).has(run)) return undefined
      const started = readJournal(folder, run).find((event) => event.kind === 'run-started')
      return started?.kind === 'run-started' ? started.hosts.map(({ name }) => name) : undefined
    },
  }
}

function ownProgram(): readonly string[] {
  return [process.execPath, process.argv[1] ?? '']
}

/** Each value is part of a `--flag=value` word or follows `--`: none can be read as a flag. */
function planWords({ page, pageHash, hosts, select = {} }: PlanWish): string[] {
  return [
    `--page-hash=${pageHash}`,
    ...Object.entries(hosts).map(([role, host]) => `--host=${role}=${host}`),
    ...(select.from === undefined ? [] : [`--from=${select.from}`]),
    ...(select.only ?? []).map((id) => `--only=${id}`),
    '--',
    page,
  ]
}
