/**
 * A step that is started, waited for and kept until the end of the run.
 */

import { checkSentence } from '../check/check-sentence.ts'
import { renderDuration } from '../model/duration.ts'
import type { RunEvent } from '../model/run-event.ts'
import type { ShellStep } from '../model/step.ts'
import { askChecks } from './ask.ts'
import { messages } from './messages.ts'
import { askingOf, sudoUser, type StepContext } from './step-context.ts'
import { failed, type StepEnd } from './step-end.ts'

const pollMs = 200

export async function* runBackground(
  step: ShellStep,
  context: StepContext,
): AsyncGenerator<RunEvent, StepEnd> {
  const { planned, session, variables, options, ports } = context
  const at = { step: planned.address, host: planned.host, index: 0 }
  const text = step.commands.map((command) => command.text).join('\n')
  yield { kind: 'command-started', ...at, text, frame: null }
  const process = await session.startBackground({
    command: text,
    user: sudoUser(context),
    dir: step.dir,
    env: variables.ofPage(planned.runbook),
    secrets: variables.secretNames(),
    stdin: undefined,
    streams: 'merged',
    timeoutMs: options.timeoutMs ?? step.timeoutMs,
  })
  context.onBackground(process, step.stop)

  const started = ports.clock.nowMs()
  let shown = 0
  for (;;) {
    const { running, status, output } = await session.backgroundState(process)
    if (output.length > shown && !step.private) {
      yield { kind: 'output', ...at, stream: 'merged', text: output.slice(shown) }
      shown = output.length
    }
    if (!running) {
      return failed(
        'not-ready',
        messages.backgroundEnded[options.lang](String(status ?? '?')),
        status,
      )
    }
    const answers = await askChecks(session, step.ready, askingOf(context))
    const failing = answers.findIndex(({ holds }) => !holds)
    if (failing === -1) {
      for (const answer of answers)
        yield { kind: 'check-answered', step: at.step, host: at.host, ...answer }
      return { status: 'passed', reason: null, message: '', exit: null }
    }
    if (ports.signal.aborted || ports.clock.nowMs() - started >= step.withinMs) {
      const check = step.ready[failing]
      const what = check ? checkSentence(check, options.lang) : ''
      return failed(
        'not-ready',
        messages.notReady[options.lang](what, renderDuration(step.withinMs)),
      )
    }
    await ports.clock.sleep(pollMs, ports.signal)
  }
}
