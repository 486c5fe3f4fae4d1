/**
 * A background step: starts it, waits until it is ready, and keeps it running until the end of the
 * run.
 *
 * It is ready once its `ready` checks hold and it has printed the expected output. Later output is
 * not compared.
 */

import { unmetSentence } from '../check/check-sentence.ts'
import { renderDuration } from '../model/duration.ts'
import { expectedOf, type ShellStep } from '../model/step.ts'
import { askChecks } from './ask.ts'
import { Judgement } from './judgement.ts'
import { messages } from './messages.ts'
import type { BackgroundProcess } from './ports.ts'
import { askingOf, emitAnswers, sudoUser, type StepContext } from './step-context.ts'
import { failed, interrupted, type StepEnd, withoutOutput } from './step-end.ts'
import { TakenCaptures } from './take-captures.ts'

const pollMs = 200
/** Limit of its output that is compared with the page. */
const mostCompared = 16 * 1024 * 1024

export async function runBackground(step: ShellStep, context: StepContext): Promise<StepEnd> {
  const { planned, session, variables, options, ports } = context
  const at = { step: planned.address, host: planned.host, index: 0 }
  const text = step.commands.map((command) => command.text).join('\n')
  await ports.emit({ kind: 'command-started', ...at, text, frame: null })
  const request = {
    command: text,
    user: sudoUser(context),
    dir: step.dir,
    env: variables.ofPage(planned.runbook),
    secrets: variables.secretNames(),
    stdin: undefined,
    streams: 'merged',
    timeoutMs: options.timeoutMs ?? step.timeoutMs,
  } as const
  const process = await session.startBackground(request, step.stop)
  if (process.kind === 'lost-folder')
    return failed('precondition', messages.lostFolder(process.folder)[options.lang])
  const forget = context.onBackground(process, step.stop)
  const end = await awaitReady(step, context, process)
  if (end.status !== 'passed' && step.retry !== undefined) {
    // A retry starts a new process.
    await session.stopBackground(process, step.stop)
    forget()
  }
  return end
}

async function awaitReady(
  step: ShellStep,
  context: StepContext,
  process: BackgroundProcess,
): Promise<StepEnd> {
  const { planned, session, options, ports } = context
  const at = { step: planned.address, host: planned.host, index: 0 }
  const started = ports.clock.nowMs()
  /** Output so far, up to the limit. */
  let start = ''
  const hidden: string[] = []
  for (;;) {
    const answers = await askChecks(session, step.ready, askingOf(context))
    // Read after the checks, so that it includes output printed before they held.
    const { running, status, output } = await session.backgroundState(process)
    start += output.slice(0, mostCompared - start.length)
    if (hidesOutput(step)) hidden.push(output)
    else if (output !== '')
      await ports.emit({ kind: 'output', ...at, stream: 'merged', text: output })
    if (!running) {
      return failed(
        'not-ready',
        messages.backgroundEnded(String(status ?? '?'))[options.lang],
        status,
      )
    }
    const failing = answers.findIndex(({ holds }) => !holds)
    const differs = failing === -1 ? judge(step, context, start) : undefined
    const isUp = failing === -1 && !differs
    const isOver = () => ports.signal.aborted || ports.clock.nowMs() - started >= step.withinMs
    if (!isUp && !isOver()) {
      await ports.clock.sleep(pollMs, ports.signal)
      continue
    }
    await emitAnswers(answers, context)
    if (!isUp && ports.signal.aborted) return interrupted(messages.cancelled[options.lang])
    const check = step.ready[failing]
    if (check) {
      const why = unmetSentence(check, answers[failing]?.actual ?? 'no answer', options.lang)
      const within = renderDuration(step.withinMs)
      return failed('not-ready', messages.notReady(why, within)[options.lang])
    }
    if (differs) return differs
    if (!step.private)
      for (const text of hidden) await ports.emit({ kind: 'output', ...at, stream: 'merged', text })
    return { status: 'passed', reason: null, message: '', exit: null }
  }
}

/** Output stays hidden until the step's secrets are known. */
function hidesOutput(step: ShellStep): boolean {
  return step.private || step.secrets.length > 0
}

/** `undefined`: the output matches so far, and its captures are stored. */
function judge(step: ShellStep, context: StepContext, output: string): StepEnd | undefined {
  const { variables, planned, options } = context
  const values = variables.ofPage(planned.runbook)
  const names = { names: variables.namesOf(planned.runbook), values }
  const captures = new TakenCaptures(step, context)
  const judgement = new Judgement(expectedOf(step), names)
  judgement.push(output, 'merged')
  const differs = judgement.end(options)
  if (differs?.status === 'failed') {
    const end = { ...differs, exit: null }
    return hidesOutput(step) ? withoutOutput(end) : end
  }
  return captures.take(judgement) ?? captures.end()
}
