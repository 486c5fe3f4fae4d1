/**
 * `exec --watch`: one run whose shells stay open. Each save of a page is one more life of the run: it
 * goes on at the first step that changed or has not passed.
 */

import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { readJournal } from '../../journal/read-journal.ts'
import { writeRunRequest } from '../../journal/run-request.ts'
import { keepPrivate } from '../../project-files/keep-private.ts'
import type { StampedEvent } from '../../model/run-event.ts'
import { earlierLife } from '../../run/earlier-life.ts'
import type { HostSession } from '../../run/ports.ts'
import type { Lang } from '../../model/message.ts'
import { explainFailure } from '../explain-failure.ts'
import { loginNote } from '../host/login-note.ts'
import { closeHosts, openHosts } from '../host/open-hosts.ts'
import { openPersonShell } from '../host/person-shell.ts'
import { addSecret, keepSecret, knownSecrets } from '../known-secrets.ts'
import { say } from '../output.ts'
import { runsFolder } from '../project.ts'
import { terminalPrompt, type TerminalPrompt } from '../terminal/terminal-prompt.ts'
import { openSaves } from './await-save.ts'
import { isAllDone, type StepTexts, stepTexts, untilFirstChange } from './changed-steps.ts'
import { optionsOf, recordIfAsked } from './execute.ts'
import { interruptSignal } from './interrupt.ts'
import { requestOf } from './kept-request.ts'
import { leftNote, SentCommands } from './left-note.ts'
import { messages } from './messages.ts'
import { neededHosts, planLanes } from './plan-lanes.ts'
import { type PreparedRun, prepareRun } from './prepare-run.ts'
import { chosenReporters, type RunReporters } from './reporters.ts'
import type { ExecFlags } from './run-flags.ts'
import { runLanes } from './run-lanes.ts'
import { newLife } from './run-life.ts'
import { askMissing } from './run-values.ts'

/** Runs pages again and again until somebody ends it; sets the program's exit code. */
export async function watchPages(paths: readonly string[], flags: ExecFlags): Promise<void> {
  if (paths.includes('-')) throw new UsageError(messages.noWatchOfInput, messages.nameAFile)
  const first = prepareRun(paths, flags)
  const files = first.pages.map(({ file }) => file)
  const saves = openSaves(files)
  const interrupt = interruptSignal()
  const watched = new WatchedRun(first, flags)
  try {
    let text = textsOf(files)
    await watched.live(first, interrupt.signal)
    while (!interrupt.signal.aborted) {
      say(`${messages.watching(files.join(', '))[first.lang]}\n`)
      let saved = text
      while (!interrupt.signal.aborted && saved === text) {
        await saves.next(interrupt.signal)
        saved = await settledTexts(files)
      }
      if (interrupt.signal.aborted) break
      text = saved
      const prepared = preparedOr(paths, flags, first.lang)
      if (prepared) await watched.live(prepared, interrupt.signal)
    }
    process.exitCode = interrupt.code()
  } finally {
    saves.close()
    interrupt.release()
    await watched.close()
  }
}

/** Editors empty a file before they write it: a text counts once it stays. */
const settleMs = 50

async function settledTexts(files: readonly string[]): Promise<string> {
  for (let before = textsOf(files); ;) {
    await sleep(settleMs)
    const now = textsOf(files)
    if (now === before) return now
    before = now
  }
}

/** Between two writes of an editor a file may be gone. */
function textsOf(files: readonly string[]): string {
  return JSON.stringify(
    files.map((file) => {
      try {
        return readFileSync(file, 'utf8')
      } catch {
        return null
      }
    }),
  )
}

/** `undefined`: the pages have an error, which is shown; the next save may mend it. */
function preparedOr(
  paths: readonly string[],
  flags: ExecFlags,
  lang: Lang,
): PreparedRun | undefined {
  try {
    return prepareRun(paths, flags)
  } catch (error) {
    if (!(error instanceof Error) || !['UsageError', 'PageErrors'].includes(error.name)) throw error
    explainFailure(error, lang)
    return undefined
  }
}

class WatchedRun {
  readonly #flags: ExecFlags
  readonly #run = newLife().run
  readonly #sessions = new Map<string, HostSession>()
  readonly #sent = new SentCommands()
  readonly #prompt: TerminalPrompt
  readonly #lang: Lang
  /** What a person was asked for stays known. */
  #given: Readonly<Record<string, string>> = {}
  #events: readonly StampedEvent[] = []
  #texts: StepTexts = new Map()
  #reporters: RunReporters | undefined
  #isOver = true

  constructor({ lang, project }: PreparedRun, flags: ExecFlags) {
    this.#flags = flags
    this.#lang = lang
    this.#prompt = terminalPrompt({
      lang,
      noInput: !flags.input,
      screen: () => this.#reporters,
      mask: (text) => knownSecrets.text(text),
      openShell: (host) => openPersonShell(host, project, flags.sshConfig),
    })
  }

  /** Runs the pages from the first changed step on. */
  async live(prepared: PreparedRun, signal: AbortSignal): Promise<void> {
    const { project } = prepared
    const variables = await this.#valuesOf(prepared)
    await this.#open(prepared)
    const lanes = await planLanes(prepared, variables, this.#sessions)
    const before = this.#events
    const life = untilFirstChange(earlierLife(before), lanes, this.#texts)
    this.#texts = stepTexts(lanes)
    if (before.length > 0 && isAllDone(life, lanes)) {
      say(`${messages.noStepChanged[this.#lang]}\n`)
      return
    }
    if (before.length === 0) {
      keepPrivate(project.root)
      const request = requestOf(prepared, this.#flags, variables, this.#sessions)
      await writeRunRequest(runsFolder(project), this.#run, request)
    }
    const outcome = await runLanes({
      prepared,
      lanes,
      run: this.#run,
      sessions: this.#sessions,
      options: optionsOf(this.#flags, prepared),
      prompt: this.#prompt,
      redactor: knownSecrets,
      signal,
      before,
      life,
      isWatched: true,
      reporters: chosenReporters(this.#flags),
      onSent: (event) => this.#sent.add(event),
      onReporters: (opened) => {
        this.#reporters = opened
      },
    })
    this.#events = readJournal(runsFolder(project), this.#run)
    this.#isOver = outcome.ended.status === 'passed'
    await recordIfAsked(outcome, {
      prepared,
      sessions: this.#sessions,
      run: this.#run,
      flags: this.#flags,
      turn: 'first',
    })
  }

  async close(): Promise<void> {
    // What `resume` needs stays on the hosts of a run that is not over.
    const left = await closeHosts(this.#sessions, { keep: !this.#isOver })
    for (const [host, processes] of left) {
      const stepOf = (user: string | null, number: number) => this.#sent.stepOf(host, user, number)
      say(leftNote(host, processes, stepOf, this.#lang))
    }
  }

  async #valuesOf(prepared: PreparedRun): ReturnType<typeof askMissing> {
    const known = prepared.variables.map((lane) => ({
      ...lane,
      values: { ...this.#given, ...lane.values },
      missing: lane.missing.filter(({ name }) => !Object.hasOwn(this.#given, name)),
    }))
    const resolved = await askMissing({ ...prepared, variables: known }, this.#prompt)
    const names = prepared.variables.flatMap(({ missing }) => missing.map(({ name }) => name))
    const values = Object.assign({}, ...resolved.map((lane) => lane.values))
    this.#given = Object.fromEntries(names.map((name) => [name, values[name]]))
    keepSecret(resolved)
    return resolved
  }

  /** Hosts that a save has added are opened beside the others. */
  async #open(prepared: PreparedRun): Promise<void> {
    const names = neededHosts(prepared).filter((name) => !this.#sessions.has(name))
    const opened = await openHosts(names, {
      ...prepared,
      flags: this.#flags,
      prompt: this.#prompt,
      run: this.#run,
      isResumed: false,
      onSecret: addSecret,
      needsShell: true,
    })
    for (const [name, session] of opened) {
      this.#sessions.set(name, session)
      say(loginNote(session, this.#lang))
    }
  }
}
