/**
 * One run from its flags to its exit code.
 */

import { newRunId } from '../../journal/run-id.ts'
import { pruneRuns } from '../../journal/prune-runs.ts'
import { type RunRequest, writeRunRequest } from '../../journal/run-request.ts'
import type { StampedEvent } from '../../model/run-event.ts'
import type { Plan } from '../../plan/plan-run.ts'
import { UsageError } from '../../plan/usage-error.ts'
import type { RunOptions } from '../../run/run-options.ts'
import { interruptSignal } from './interrupt.ts'
import { openPersonShell } from '../host/person-shell.ts'
import { addSecret, keepSecret, knownSecrets } from '../known-secrets.ts'
import { refuseOtherMachines, requestOf } from './run-life.ts'
import { loginNote } from '../host/login-note.ts'
import { makeLanes, neededHosts } from './make-plan.ts'
import { leftNote } from './left-note.ts'
import { closeHosts, type HostFlags, openHosts } from '../host/open-hosts.ts'
import { say } from '../output.ts'
import { askMissing, type PreparedRun, prepareRun, type RunFlags } from './prepare-run.ts'
import { runsFolder } from '../project.ts'
import { recordRun } from './record-run.ts'
import type { ReporterFlag, RunReporters } from './reporters.ts'
import { runPlans } from './run-plans.ts'
import { terminalPrompt } from '../terminal/terminal-prompt.ts'

export interface ExecFlags extends RunFlags, HostFlags {
  readonly timeout?: number | undefined
  readonly json?: true | undefined
  readonly input: boolean
  readonly record?: true | 'all' | 'partial' | undefined
  readonly update?: true | undefined
  readonly yes?: true | undefined
  readonly allowDanger?: true | undefined
  readonly step?: true | undefined
  readonly keepGoing?: true | undefined
  readonly reporter: readonly ReporterFlag[]
  readonly parallel?: number | undefined
  readonly canary?: number | undefined
  readonly batch?: number | undefined
  readonly maxFail?: number | undefined
}

/** Runs pages and sets the program's exit code. */
export async function execute(paths: readonly string[], flags: ExecFlags): Promise<void> {
  await runPrepared(prepareRun(paths, flags), flags, newLife())
}

/** A run that begins, or one that goes on. */
export interface RunLife {
  readonly run: string
  /** Events of its earlier life; empty for a new one. */
  readonly before: readonly StampedEvent[]
  /** What its hosts were then, by name. */
  readonly machines: RunRequest['machines']
  /** What is done instead of the pages' own order (`undo`). */
  readonly changePlan?: (plan: Plan) => Plan
  /** The run that this one takes back. */
  readonly undoes?: string
}

function newLife(): RunLife {
  return { run: newRunId(new Date()), before: [], machines: {} }
}

export async function runPrepared(
  prepared: PreparedRun,
  flags: ExecFlags,
  { run, before, machines, changePlan, undoes }: RunLife,
): Promise<void> {
  let reporters: RunReporters | undefined
  const prompt = terminalPrompt({
    lang: prepared.lang,
    noInput: !flags.input,
    screen: () => reporters,
    mask: (text) => knownSecrets.text(text),
    openShell: (host) => openPersonShell(host, prepared.project, flags.sshConfig),
  })
  if (flags.step && !prompt.isThere) {
    throw new UsageError('`--step` needs a terminal', 'run it without `--step`, or at a terminal')
  }
  const variables = await askMissing(prepared, prompt)
  const isResumed = before.length > 0
  keepSecret(variables)
  const hostOptions = {
    ...prepared,
    flags,
    prompt,
    run,
    isResumed,
    onSecret: addSecret,
    needsShell: true,
  }
  const sessions = await openHosts(neededHosts(prepared), hostOptions)
  for (const session of sessions.values()) say(loginNote(session, prepared.lang))
  const interrupt = interruptSignal()
  let isOver = false
  /** Which step sent which command. */
  const started = new Map<string, string>()
  try {
    refuseOtherMachines(sessions, machines)
    const made = await makeLanes(prepared, variables, sessions)
    const lanes = changePlan ? made.map((lane) => ({ ...lane, plan: changePlan(lane.plan) })) : made
    if (!isResumed) {
      const request = { ...requestOf(prepared, flags, variables, sessions), undoes }
      await writeRunRequest(runsFolder(prepared.project), run, request)
    }
    const { ended, notes } = await runPlans({
      prepared,
      lanes,
      run,
      sessions,
      options: optionsOf(flags, prepared),
      prompt,
      redactor: knownSecrets,
      signal: interrupt.signal,
      before,
      reporters: flags.json
        ? [{ name: 'json', file: undefined }, ...flags.reporter]
        : flags.reporter,
      onSent: ({ host, step, frame }) => {
        if (frame) started.set(`${host} ${frame.user} ${frame.number}`, step)
      },
      onReporters: (opened) => {
        reporters = opened
      },
    })
    isOver = ended.status === 'passed'
    const isWhole = isOver && ended.exit === 0
    if (flags.record && (isWhole || flags.record === 'partial')) {
      await recordRun({ prepared, sessions, notes, run, at: ended.at })
    } else if (flags.record) say(`${notRecorded[prepared.lang]}\n`)
    process.exitCode = interrupt.code() ?? ended.exit
    pruneRuns(runsFolder(prepared.project))
  } finally {
    interrupt.release()
    // What a later `resume` needs stays on the hosts of a run that is not over.
    const left = await closeHosts(sessions, { keep: !isOver })
    for (const [host, processes] of left) {
      const startedBy = (user: string | null, number: number): string | undefined =>
        started.get(`${host} ${user} ${number}`)
      say(leftNote(host, processes, startedBy, prepared.lang))
    }
  }
}

const notRecorded = {
  zh: '没有记录：只有全部步骤通过的运行才会被记录（`--record=partial` 例外）',
  en: 'not recorded: some steps did not pass (`--record=partial` records those that did)',
} as const

function optionsOf(flags: ExecFlags, { lang, lanes }: PreparedRun): RunOptions {
  return {
    lang,
    stepwise: flags.step ?? false,
    yes: flags.yes ?? false,
    allowDanger: flags.allowDanger ?? false,
    keepGoing: flags.keepGoing ?? false,
    update: flags.update ?? false,
    timeoutMs: flags.timeout,
    fleet: {
      parallel: flags.parallel ?? Math.min(lanes.length, 10),
      canary: flags.canary ?? 0,
      batchPercent: flags.batch ?? 100,
      maxFailPercent: flags.maxFail ?? 100,
    },
  }
}
