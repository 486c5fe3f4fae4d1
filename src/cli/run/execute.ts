/**
 * One run, from its flags to its exit code. Its stages, in order, with the file of each:
 *
 * 1. `prepare-run`: pages, hosts, selected steps and known values, from the flags
 * 2. `run-values`: values that still have to be asked for
 * 3. `host/open-hosts`: a session for each host
 * 4. `plan-lanes`: each host's checks, asked at once, and the plan of each lane
 * 5. `kept-request`: the request that `resume` and `undo` start from
 * 6. `run-lanes`: engine → masking → journal → record notes → reporters
 * 7. `record-run`: with `--record`, the records beside the pages
 */

import { shellsOf } from '../../run/earlier-shells.ts'
import { messages } from './messages.ts'
import { pruneRuns } from '../../journal/prune-runs.ts'
import { writeRunRequest } from '../../journal/run-request.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { keepPrivate } from '../../project-files/keep-private.ts'
import type { HostSession } from '../../run/ports.ts'
import type { RunOptions } from '../../run/run-options.ts'
import { loginNote } from '../host/login-note.ts'
import { closeHosts, openHosts } from '../host/open-hosts.ts'
import { openPersonShell } from '../host/person-shell.ts'
import { addSecret, keepSecret, knownSecrets } from '../known-secrets.ts'
import { say } from '../output.ts'
import { runsFolder } from '../project.ts'
import { controlPrompt } from '../control/control-prompt.ts'
import { terminalPrompt } from '../terminal/terminal-prompt.ts'
import { interruptSignal } from './interrupt.ts'
import { requestOf } from './kept-request.ts'
import { leftNote, reopenShells, SentCommands } from './left-note.ts'
import { neededHosts, planLanes } from './plan-lanes.ts'
import { type PreparedRun, prepareRun } from './prepare-run.ts'
import { recordRun, recordSecondRun } from './record-run.ts'
import { chosenReporters, type RunReporters } from './reporters.ts'
import type { ExecFlags } from './run-flags.ts'
import { type RunOutcome, runLanes } from './run-lanes.ts'
import { newLife, refuseOtherMachines, type RunLife } from './run-life.ts'
import { askMissing } from './run-values.ts'
import { exitCode } from '../exit-code.ts'

/** Runs pages and sets the program's exit code. */
export async function execute(paths: readonly string[], flags: ExecFlags): Promise<void> {
  const prepared = prepareRun(paths, flags)
  await runSomewhere(prepared, flags, newLife())
}

/** Runs lanes here, or with `--workers` on workers. */
export async function runSomewhere(
  prepared: PreparedRun,
  flags: ExecFlags,
  life: RunLife,
): Promise<void> {
  if (!flags.workers) return runPrepared(prepared, flags, life)
  const { executeOnWorkers } = await import('../fleet/execute-on-workers.ts')
  await executeOnWorkers(prepared, flags, life)
}

/**
 * Runs pages a second time (`--twice`). Where the first run was recorded, an output that differs does
 * not stop this one: it is noted in the record, and fails the run at its end.
 */
export async function executeAgain(paths: readonly string[], flags: ExecFlags): Promise<void> {
  const again = flags.record === undefined ? flags : { ...flags, update: true as const }
  const second = flags.update === true ? 'may-differ' : 'same-again'
  await runPrepared(prepareRun(paths, again), again, newLife(), second)
}

/** A second run (`--twice`) has to print what the pages say, or may differ as the first (`--update`). */
type Turn = 'first' | 'same-again' | 'may-differ'

/** The later stages, shared with `resume` and `undo`. */
export async function runPrepared(
  prepared: PreparedRun,
  flags: ExecFlags,
  { run, before, machines, lost, changePlan, undoes }: RunLife,
  turn: Turn = 'first',
): Promise<void> {
  const { lang, project } = prepared
  let reporters: RunReporters | undefined
  const control = flags.control ? controlPrompt(run, { lang, mask: masked }) : undefined
  const prompt =
    control ??
    terminalPrompt({
      lang,
      noInput: !flags.input,
      screen: () => reporters,
      mask: masked,
      openShell: (host) => openPersonShell(host, project, flags.sshConfig),
    })
  if (flags.step && !prompt.isThere) {
    throw new UsageError(messages.stepNeedsTerminal, messages.withoutStep)
  }
  const variables = await askMissing(prepared, prompt)
  keepSecret(variables)
  const isResumed = before.length > 0
  const sessions = await openHosts(neededHosts(prepared), {
    ...prepared,
    flags,
    prompt,
    run,
    isResumed,
    onSecret: addSecret,
    needsShell: true,
  })
  for (const session of sessions.values()) say(loginNote(session, lang))
  const interrupt = interruptSignal()
  const sent = new SentCommands()
  let isOver = false
  try {
    refuseOtherMachines(sessions, machines)
    const planned = await planLanes(prepared, variables, sessions)
    const lanes = changePlan
      ? planned.map((lane) => ({ ...lane, plan: changePlan(lane.plan) }))
      : planned
    keepPrivate(project.root)
    if (!isResumed) {
      const request = { ...requestOf(prepared, flags, variables, sessions), undoes }
      await writeRunRequest(runsFolder(project), run, request)
    }
    const outcome = await runLanes({
      prepared,
      lanes,
      run,
      sessions,
      options: { ...optionsOf(flags, prepared), lost },
      prompt,
      redactor: knownSecrets,
      signal: interrupt.signal,
      before,
      reporters: chosenReporters(flags),
      onSent: (event) => sent.add(event),
      onReporters: (opened) => {
        reporters = opened
      },
    })
    isOver = outcome.ended.status === 'passed'
    if (outcome.ended.status !== 'cancelled') {
      say(await reopenShells(sessions, shellsOf(before), { run, lang }))
    }
    const isSteady = await recordIfAsked(outcome, { prepared, sessions, run, flags, turn })
    process.exitCode =
      interrupt.code() ?? (isSteady ? outcome.ended.exit : outcome.ended.exit || exitCode.failed)
    pruneRuns(runsFolder(project))
  } finally {
    interrupt.release()
    control?.close()
    // An unfinished run leaves on its hosts what a later `resume` needs.
    const left = await closeHosts(sessions, { keep: !isOver })
    for (const [host, processes] of left) {
      say(leftNote(host, processes, (user, number) => sent.stepOf(host, user, number), lang))
    }
  }
}

function masked(text: string): string {
  return knownSecrets.text(text)
}

/** What the flags decide for the whole run. */
export function optionsOf(flags: ExecFlags, { lang, lanes }: PreparedRun): RunOptions {
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

interface Recording {
  readonly prepared: PreparedRun
  readonly sessions: ReadonlyMap<string, HostSession>
  readonly run: string
  readonly flags: ExecFlags
  readonly turn: Turn
}

/**
 * Writes the records of a run that passed, with `--record`.
 *
 * @returns Whether a second run printed what the pages say; `true` for a first one.
 */
export async function recordIfAsked(
  { ended, notes }: RunOutcome,
  { prepared, sessions, run, flags, turn }: Recording,
): Promise<boolean> {
  if (!flags.record) return true
  const isWhole = ended.status === 'passed' && ended.exit === 0
  const input = { prepared, sessions, notes, run, at: ended.at }
  if (turn !== 'first') {
    const unsteady = await recordSecondRun(input)
    if (turn === 'may-differ') return true
    if (unsteady > 0) say(`${messages.unsteady(unsteady)[prepared.lang]}\n`)
    return unsteady === 0
  }
  if (isWhole || flags.record === 'partial') await recordRun(input)
  else say(`${messages.notRecorded[prepared.lang]}\n`)
  return true
}
