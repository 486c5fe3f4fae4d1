/**
 * One run from its flags to its exit code.
 */

import { newRunId } from '../journal/run-id.ts'
import type { RunOptions } from '../run/run-options.ts'
import { interruptSignal } from './interrupt.ts'
import { makeLanes, neededHosts } from './make-plan.ts'
import { closeHosts, type HostFlags, openHosts } from './open-hosts.ts'
import { say } from './output.ts'
import { askMissing, type PreparedRun, prepareRun, type RunFlags } from './prepare-run.ts'
import { recordRun } from './record-run.ts'
import type { ReporterFlag, RunReporters } from './reporters.ts'
import { runPlans } from './run-plans.ts'
import { terminalPrompt } from './terminal-prompt.ts'

export interface ExecFlags extends RunFlags, HostFlags {
  readonly timeout?: number | undefined
  readonly json?: true | undefined
  readonly input: boolean
  readonly record?: true | 'all' | 'partial' | undefined
  readonly update?: true | undefined
  readonly yes?: true | undefined
  readonly allowDanger?: true | undefined
  readonly keepGoing?: true | undefined
  readonly reporter: readonly ReporterFlag[]
  readonly parallel?: number | undefined
  readonly canary?: number | undefined
  readonly batch?: number | undefined
  readonly maxFail?: number | undefined
}

/** Runs pages and sets the program's exit code. */
export async function execute(paths: readonly string[], flags: ExecFlags): Promise<void> {
  const prepared = prepareRun(paths, flags)
  const run = newRunId(new Date())
  let reporters: RunReporters | undefined
  const prompt = terminalPrompt({
    lang: prepared.lang,
    noInput: !flags.input,
    beforeQuestion: () => reporters?.pause(),
  })
  const variables = await askMissing(prepared, prompt)
  const sessions = await openHosts(neededHosts(prepared), { ...prepared, flags, prompt, run })
  const interrupt = interruptSignal()
  try {
    const { ended, notes } = await runPlans({
      prepared,
      lanes: await makeLanes(prepared, variables, sessions),
      run,
      sessions,
      options: optionsOf(flags, prepared),
      prompt,
      signal: interrupt.signal,
      reporters: flags.json ? [{ name: 'json', file: undefined }] : flags.reporter,
      onReporters: (opened) => {
        reporters = opened
      },
    })
    const isWhole = ended.status === 'passed' && ended.exit === 0
    if (flags.record && (isWhole || flags.record === 'partial')) {
      await recordRun({ prepared, sessions, notes, run, at: ended.at })
    } else if (flags.record) say(`${notRecorded[prepared.lang]}\n`)
    process.exitCode = interrupt.code() ?? ended.exit
  } finally {
    interrupt.release()
    await closeHosts(sessions, { keep: false })
  }
}

const notRecorded = {
  zh: '没有记录：只有全部步骤通过的运行才会被记录（`--record=partial` 例外）',
  en: 'nothing was recorded: only a run whose steps all passed is (but for `--record=partial`)',
} as const

function optionsOf(flags: ExecFlags, { lang, lanes }: PreparedRun): RunOptions {
  return {
    lang,
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
