/**
 * One run from its flags to its exit code: wires hosts, engine, journal, reporters and records.
 */

import { Journal } from '../journal/journal.ts'
import { redactEvents, Redactor } from '../journal/redact.ts'
import { newRunId } from '../journal/run-id.ts'
import { isError } from '../diagnostic/diagnostic.ts'
import { platformOf } from '../model/host.ts'
import type { StampedEvent } from '../model/run-event.ts'
import type { Plan } from '../plan/plan-run.ts'
import { buildRecord, RecordNotes } from '../record/build-record.ts'
import { readRecords, writeRecord } from '../record/record-store.ts'
import { jsonReporter } from '../report/json-reporter.ts'
import { type LiveReporter, liveReporter } from '../report/live-reporter.ts'
import { plainReporter } from '../report/plain-reporter.ts'
import type { Reporter } from '../report/reporter.ts'
import { executePlan } from '../run/execute-plan.ts'
import type { HostSession } from '../run/ports.ts'
import { oneByOne } from '../run/run-options.ts'
import { systemClock } from './clock.ts'
import { interruptSignal } from './interrupt.ts'
import { makePlan, neededHosts } from './make-plan.ts'
import { closeHosts, type HostFlags, hostFailure, openHosts, startDirOf } from './open-hosts.ts'
import { paletteOf, print, say } from './output.ts'
import { askMissing, type PreparedRun, prepareRun, type RunFlags } from './prepare-run.ts'
import { runsFolder } from './project.ts'
import { stampEvents } from './stamp.ts'
import { terminalPrompt } from './terminal-prompt.ts'
import { toolName } from './version.ts'

export interface ExecFlags extends RunFlags, HostFlags {
  readonly timeout?: number | undefined
  readonly json?: true | undefined
  readonly input: boolean
  readonly record?: true | 'all' | 'partial' | undefined
  readonly update?: true | undefined
  readonly yes?: true | undefined
  readonly allowDanger?: true | undefined
  readonly keepGoing?: true | undefined
  readonly reporter?: 'live' | 'plain' | 'json' | undefined
}

/** Runs pages and sets the program's exit code. */
export async function execute(paths: readonly string[], flags: ExecFlags): Promise<void> {
  const prepared = prepareRun(paths, flags)
  const run = newRunId(new Date())
  const live: { reporter: LiveReporter | undefined } = { reporter: undefined }
  const prompt = terminalPrompt({
    lang: prepared.lang,
    noInput: !flags.input,
    beforeQuestion: () => live.reporter?.pause(),
  })
  const variables = await askMissing(prepared, prompt)
  const redactor = new Redactor()
  for (const name of variables.secrets) {
    const value = variables.values[name]
    if (value !== undefined) redactor.add(value)
  }
  const sessions = await openHosts(neededHosts(prepared), { ...prepared, flags, prompt, run })
  const interrupt = interruptSignal()
  let passed = false
  try {
    const plan = await makePlan(prepared, variables.values, sessions)
    const journal = await Journal.open(runsFolder(prepared.project), run)
    const notes = new RecordNotes(prepared.runbooks)
    const reporter = reporterFor(flags, prepared, plan, journal.file)
    if ('tick' in reporter) live.reporter = reporter
    const ticker = setInterval(() => live.reporter?.tick(), 1000)
    let last: StampedEvent | undefined
    try {
      const events = executePlan(
        plan,
        { run, tool: toolName },
        variables,
        optionsOf(flags, prepared),
        {
          sessions,
          clock: systemClock,
          prompt,
          hostFailure,
          startDir: startDirOf,
          signal: interrupt.signal,
          onSecret: (value) => redactor.add(value),
        },
      )
      for await (const event of stampEvents(redactEvents(events, redactor))) {
        await journal.append(event)
        notes.take(event)
        reporter.take(event)
        last = event
      }
    } finally {
      clearInterval(ticker)
      await journal.close()
    }
    if (last?.kind !== 'run-ended') throw new Error('unreachable: the run said nothing of its end')
    passed = last.status === 'passed'
    if (flags.record && (passed ? last.exit === 0 : flags.record === 'partial')) {
      await recordRun({ prepared, sessions, notes, run, at: last.at })
    } else if (flags.record) say(`${notRecorded[prepared.lang]}\n`)
    process.exitCode = interrupt.code() ?? last.exit
  } finally {
    interrupt.release()
    await closeHosts(sessions, { keep: false })
  }
}

const notRecorded = {
  zh: '没有记录：只有全部步骤通过的运行才会被记录（`--record=partial` 例外）',
  en: 'nothing was recorded: only a run whose steps all passed is (but for `--record=partial`)',
} as const

function optionsOf(flags: ExecFlags, { lang }: PreparedRun) {
  return {
    lang,
    yes: flags.yes ?? false,
    allowDanger: flags.allowDanger ?? false,
    keepGoing: flags.keepGoing ?? false,
    update: flags.update ?? false,
    timeoutMs: flags.timeout,
    fleet: oneByOne,
  }
}

function reporterFor(
  flags: ExecFlags,
  prepared: PreparedRun,
  plan: Plan,
  journalFile: string,
): Reporter | LiveReporter {
  if (flags.json || flags.reporter === 'json') return jsonReporter(print)
  const sources = new Map(prepared.pages.map(({ file, source }) => [file, source]))
  const palette = paletteOf(process.stdout)
  const { runbooks, lang } = prepared
  const options = {
    runbooks,
    pageNeeds: plan.pageNeeds,
    sources,
    palette,
    lang,
    journalFile,
    write: print,
  }
  const canRedraw = process.stdout.isTTY && process.env['TERM'] !== 'dumb'
  if (flags.reporter === 'plain' || (flags.reporter === undefined && !canRedraw))
    return plainReporter(options)
  return liveReporter({
    ...options,
    columns: () => process.stdout.columns,
    nowMs: () => performance.now(),
  })
}

interface RecordInput {
  readonly prepared: PreparedRun
  readonly sessions: ReadonlyMap<string, HostSession>
  readonly notes: RecordNotes
  readonly run: string
  readonly at: string
}

/** Writes one record for every page, on the platform of the host that ran its first role. */
async function recordRun({ prepared, sessions, notes, run, at }: RecordInput): Promise<void> {
  for (const page of prepared.pages) {
    const { runbook, file } = page
    if (file === '-' || page.diagnostics.some(isError)) continue
    const host = [...(prepared.bindings.get(runbook)?.values() ?? [])].find((name) =>
      sessions.has(name),
    )
    const session = host === undefined ? undefined : sessions.get(host)
    if (host === undefined || !session) continue
    const { facts, hostKey } = session
    const hosts = [...sessions.keys()]
    const steps = Object.assign({}, ...hosts.map((name) => notes.stepsOf(runbook, name)))
    const before = readRecords(file).find(({ platform }) => platform === platformOf(facts))
    const recorded = { run, tool: toolName, at, host: { name: host, facts, hostKey }, steps }
    const written = await writeRecord(file, buildRecord(runbook, recorded, before))
    say(`${prepared.lang === 'zh' ? '已记录' : 'recorded'}: ${written}\n`)
  }
}
