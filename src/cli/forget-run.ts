/**
 * Removes a run: what is kept of it here, and what a run that is not over left on its hosts.
 */

import { readJournal, removeRun } from '../journal/read-journal.ts'
import { readRunRequest } from '../journal/run-request.ts'
import type { StampedEvent } from '../model/run-event.ts'
import type { CommandRequest, HostSession } from '../run/ports.ts'
import { refuseOtherMachines } from './run-life.ts'
import { closeHosts, openHosts } from './open-hosts.ts'
import { checkRequestedConfig } from './run-flags-again.ts'
import { langOf } from './lang.ts'
import { type Project, runsFolder } from './project.ts'
import { terminalPrompt } from './terminal-prompt.ts'

/** @throws What `openHosts` throws: then nothing is removed, so that it can be tried again. */
export async function forgetRun(
  project: Project,
  run: string,
  { keepJournal }: { readonly keepJournal: boolean },
): Promise<void> {
  const folder = runsFolder(project)
  const events = readJournal(folder, run)
  const isOver = events.some((event) => event.kind === 'run-ended' && event.status === 'passed')
  const shells = shellsOf(events)
  if (!isOver && shells.size > 0) await removeShells(project, run, shells)
  if (!keepJournal) removeRun(folder, run)
}

async function removeShells(
  project: Project,
  run: string,
  shells: ReadonlyMap<string, ReadonlySet<string | undefined>>,
): Promise<void> {
  const request = readRunRequest(runsFolder(project), run)
  const { sshConfig, machines } = request
  checkRequestedConfig(request, project)
  const lang = langOf(undefined, project.lang)
  const prompt = terminalPrompt({ lang, noInput: true, beforeQuestion: () => {} })
  const flags = { sshConfig: sshConfig ?? undefined }
  const options = { project, pages: [], lang, flags, prompt, run, isResumed: true }
  const sessions = await openHosts([...shells.keys()], options)
  try {
    refuseOtherMachines(sessions, machines)
    for (const [host, users] of shells) {
      const session = sessions.get(host)
      for (const user of users) if (session) await openShell(session, user)
    }
  } finally {
    await closeHosts(sessions, { keep: false })
  }
}

/** A shell that is open is one that `close` removes. */
async function openShell(session: HostSession, user: string | undefined): Promise<void> {
  const request: CommandRequest = {
    command: ':',
    user,
    dir: undefined,
    env: {},
    secrets: [],
    stdin: undefined,
    streams: 'merged',
    timeoutMs: 60_000,
  }
  for await (const event of session.run(request, new AbortController().signal)) void event
}

/** By host the users whose shells the run had. */
function shellsOf(
  events: readonly StampedEvent[],
): ReadonlyMap<string, ReadonlySet<string | undefined>> {
  const shells = new Map<string, Set<string | undefined>>()
  for (const event of events) {
    if (event.kind !== 'command-started' || !event.frame) continue
    const users = shells.get(event.host) ?? new Set()
    shells.set(event.host, users.add(event.frame.user ?? undefined))
  }
  return shells
}
