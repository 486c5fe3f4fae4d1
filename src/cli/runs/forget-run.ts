/** Removes a run: its files here, and what an unfinished run left on its hosts. */

import { reasonOf } from '../../diagnostic/reason-of.ts'
import { messages } from './messages.ts'
import type { Lang } from '../../model/message.ts'
import { readJournal, removeRun } from '../../journal/read-journal.ts'
import { readRunRequest } from '../../journal/run-request.ts'
import type { ChangedFile } from '../../plan/plan-undo.ts'
import { FileProblem } from '../../run/file-problem.ts'
import { forgetKeptFiles } from '../../run/host-file.ts'
import type { HostSession } from '../../run/ports.ts'
import { shellsOf } from '../../run/earlier-shells.ts'
import { changedFiles } from '../../run/run-effects.ts'
import { refuseOtherMachines } from '../run/run-life.ts'
import { closeHosts, hostFailure, openHosts } from '../host/open-hosts.ts'
import { checkRequestedConfig } from '../run/kept-request.ts'
import { say } from '../output.ts'
import { type Project, runsFolder } from '../project.ts'
import { terminalPrompt } from '../terminal/terminal-prompt.ts'

interface OwnRun {
  readonly project: Project
  readonly run: string
  readonly lang: Lang
}

/** @throws Errors of `openHosts`; nothing is removed then, so the command can be repeated. */
export async function forgetRun(
  project: Project,
  run: string,
  { keepJournal, lang }: { readonly keepJournal: boolean; readonly lang: Lang },
): Promise<void> {
  const folder = runsFolder(project)
  const events = readJournal(folder, run)
  const isOver = events.some((event) => event.kind === 'run-ended' && event.status === 'passed')
  const shells = shellsOf(events)
  if (!isOver && shells.size > 0) await removeShells({ project, run, lang }, shells)
  if (keepJournal) return
  const files = changedFiles(events)
  if (files.size > 0) await removeBackups({ project, run, lang }, [...files.values()])
  removeRun(folder, run)
}

/** An unreachable host keeps the backups until they expire; the person is told. */
async function removeBackups(own: OwnRun, files: readonly ChangedFile[]): Promise<void> {
  const users = new Map(files.map(({ host, user }) => [`${host} ${user}`, { host, user }] as const))
  for (const { host, user } of users.values()) {
    try {
      await onHosts(own, [host], async (sessions) => {
        const session = sessions.get(host)
        if (!session) return
        const as = user === session.facts.user ? undefined : user
        await forgetKeptFiles({ session, user: as, run: own.run, timeoutMs: 60_000 })
      })
    } catch (error) {
      if (!hostFailure(error) && !(error instanceof FileProblem)) throw error
      say(`${messages.backupsKept(host, own.run, reasonOf(error))[own.lang]}\n`)
    }
  }
}

async function removeShells(
  own: OwnRun,
  shells: ReadonlyMap<string, ReadonlySet<string | undefined>>,
): Promise<void> {
  await onHosts(own, [...shells.keys()], async (sessions) => {
    for (const [host, users] of shells) {
      const session = sessions.get(host)
      for (const user of users) {
        // A shell that is open is one that `close` removes.
        await session?.openAt({ user: user ?? null })
      }
    }
  })
}

async function onHosts(
  { project, run, lang }: OwnRun,
  hosts: readonly string[],
  work: (sessions: ReadonlyMap<string, HostSession>) => Promise<void>,
): Promise<void> {
  const request = readRunRequest(runsFolder(project), run)
  const { sshConfig, machines } = request
  checkRequestedConfig(request, project)
  const prompt = terminalPrompt({ lang, noInput: true })
  const flags = { sshConfig: sshConfig ?? undefined }
  const options = { project, pages: [], lang, flags, prompt, run, isResumed: true }
  const sessions = await openHosts(hosts, options)
  try {
    refuseOtherMachines(sessions, machines)
    await work(sessions)
  } finally {
    await closeHosts(sessions, { keep: false })
  }
}
