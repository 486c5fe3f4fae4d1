/** The pipeline of every run: engine → masking → journal → record notes → reporters. */

import { setTimeout as sleep } from 'node:timers/promises'
import { Journal } from '../../journal/journal.ts'
import { eventRedactor } from '../../journal/mask-events.ts'
import type { Redactor } from '../../journal/redact.ts'
import type { RunEvent, StampedEvent } from '../../model/run-event.ts'
import { RecordNotes } from '../../record/build-record.ts'
import { type EarlierLife, earlierLife } from '../../run/earlier-life.ts'
import { readRecordFiles } from '../../record/record-store.ts'
import { executePlan } from '../../run/execute-plan.ts'
import type { Clock, HostSession } from '../../run/ports.ts'
import type { Lane, LaneRunner } from '../../run/run-lane.ts'
import type { RunOptions } from '../../run/run-options.ts'
import { hostFailure, startDirOf } from '../host/open-hosts.ts'
import type { PreparedRun } from './prepare-run.ts'
import { runsFolder } from '../project.ts'
import { operatorName } from './operator-name.ts'
import { openReporters, type ReporterFlag, type RunReporters } from './reporters.ts'
import type { TerminalPrompt } from '../terminal/terminal-prompt.ts'
import { toolName } from '../version.ts'

export interface RunLanesInput {
  readonly prepared: PreparedRun
  readonly lanes: readonly Lane[]
  readonly run: string
  readonly sessions: ReadonlyMap<string, HostSession>
  readonly options: RunOptions
  readonly prompt: TerminalPrompt
  /** Already contains the passwords that opened the hosts. */
  readonly redactor: Redactor
  readonly signal: AbortSignal
  /** For a resumed run, its earlier events. */
  readonly before?: readonly StampedEvent[]
  /** Instead of what `before` says: what is done already, in shells that are still open. */
  readonly life?: EarlierLife
  readonly reporters: readonly ReporterFlag[]
  /** Whether the next save of a page continues the run. */
  readonly isWatched?: boolean
  /** Called for every command that is sent. */
  readonly onSent: (event: StampedEvent & { readonly kind: 'command-started' }) => void
  /** Where the lanes run. Default: here. */
  readonly runner?: LaneRunner
  /** Stores an event elsewhere too, before it is shown; `raw` is as the engine emitted it. */
  readonly alsoStore?: (raw: RunEvent, event: RunEvent) => Promise<void>
  /** Receives the reporters, so that a question can clear what they redraw. */
  readonly onReporters: (reporters: RunReporters) => void
}

export interface RunOutcome {
  readonly ended: StampedEvent & { readonly kind: 'run-ended' }
  readonly notes: RecordNotes
}

export async function runLanes(input: RunLanesInput): Promise<RunOutcome> {
  const { prepared, lanes, run, sessions, options, prompt, signal, before = [], redactor } = input
  const journal = await Journal.open(
    runsFolder(prepared.project),
    run,
    before.length === 0 ? 'new' : 'resumed',
  )
  const notes = new RecordNotes(prepared.runbooks)
  const reporters = openReporters(
    input.reporters,
    {
      runbooks: prepared.runbooks,
      pageNeeds: lanes.flatMap(({ plan }) => plan.pageNeeds),
      sources: new Map(prepared.pages.map(({ file, source }) => [file, source])),
      lang: prepared.lang,
      before,
      isWatched: input.isWatched,
      lastMs: lastDurations(prepared, lanes),
    },
    { alsoOnScreen: true },
  )
  input.onReporters(reporters)
  const ticker = setInterval(() => reporters.tick(), 1000)
  for (const event of before) notes.handle(event)
  let last: StampedEvent | undefined
  // Stop the run if the journal cannot be written.
  const stop = new AbortController()
  const abort = () => stop.abort()
  const stopWith = (error: unknown): never => {
    abort()
    throw error
  }
  void journal.failed.then(abort)
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort)
  try {
    const redact = eventRedactor(redactor)
    const stamp = eventStamper((before.at(-1)?.seq ?? -1) + 1)
    const appended = (event: StampedEvent): Promise<void> | undefined => {
      try {
        return journal.append(event)?.catch(stopWith)
      } catch (error) {
        return stopWith(error)
      }
    }
    const emit = async (raw: RunEvent): Promise<void> => {
      for (const event of redact(raw).map(stamp)) {
        const writing = appended(event)
        if (writing) await writing
        await input.alsoStore?.(raw, event)
        notes.handle(event)
        reporters.handle(event)
        if (event.kind === 'command-started') input.onSent(event)
        last = event
        const room = reporters.room()
        if (room) await room
      }
    }
    await executePlan(
      lanes,
      { run, tool: toolName, by: operatorName() },
      options,
      {
        emit,
        sessions,
        clock: systemClock,
        prompt,
        hostFailure,
        startDir: startDirOf,
        signal: stop.signal,
        onSecret: (value) => redactor.add(value),
      },
      input.life ?? earlierLife(before),
      input.runner,
    )
  } finally {
    signal.removeEventListener('abort', abort)
    clearInterval(ticker)
    await journal.close()
  }
  await reporters.finish()
  if (last?.kind !== 'run-ended') throw new Error('unreachable: the run said nothing of its end')
  return { ended: last, notes }
}

/** Monotonic, so setting this computer's clock does not affect it. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  sleep: async (ms, signal) => {
    try {
      await sleep(ms, undefined, { signal })
    } catch (error) {
      if (!signal.aborted) throw error
    }
  },
}

/** Numbers the events of a run and adds the time of each. */
function eventStamper(firstSeq: number): (event: RunEvent) => StampedEvent {
  let seq = firstSeq
  return (event) => ({ v: 1, seq: seq++, at: new Date().toISOString(), ...event })
}

/** Durations of steps in the records of the platform that runs them now. */
function lastDurations(
  { pages }: PreparedRun,
  lanes: readonly Lane[],
): (step: string, host: string) => number | undefined {
  const known = new Map<string, number>()
  const planned = lanes.flatMap(({ plan }) => plan.steps)
  for (const { file, runbook } of pages) {
    if (file === '-') continue
    const { records } = readRecordFiles(file)
    for (const step of planned) {
      if (step.runbook !== runbook) continue
      const record = records.find(({ platform }) => platform === step.platform)?.steps[step.step.id]
      if (record) known.set(`${step.address}@${step.host}`, record.durationMs)
    }
  }
  return (step, host) => known.get(`${step}@${host}`)
}
