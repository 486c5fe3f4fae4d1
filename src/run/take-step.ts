/**
 * One entry of a plan, from the choice of its variant to its `step-ended`.
 */

import type { RunEvent } from '../model/run-event.ts'
import type { PlannedStep } from '../plan/plan-run.ts'
import { askChecks } from './ask.ts'
import { messages } from './messages.ts'
import type { RunOptions } from './run-options.ts'
import { runStep } from './run-step.ts'
import { askingOf, type StepContext } from './step-context.ts'
import { failed, skipped, type StepEnd } from './step-end.ts'

/** Steps before may have changed which variant of a group is the host's. */
async function withVariant(context: StepContext): Promise<PlannedStep> {
  const { planned, session } = context
  if (planned.variants.length < 2 || planned.verdict === 'skip') return planned
  const checks = planned.variants.flatMap(({ when }) => when)
  const answers = await askChecks(session, checks, askingOf(context))
  const holds = new Map(checks.map((check, index) => [check, answers[index]?.holds]))
  const step = planned.variants.find(({ when }) => when.every((check) => holds.get(check) === true))
  return step ? { ...planned, step } : planned
}

export async function* takeStep(asking: StepContext): AsyncGenerator<RunEvent, StepEnd> {
  const context = { ...asking, planned: await withVariant(asking) }
  const { planned, ports, session } = context
  const { address, host, step } = planned
  const started = ports.clock.nowMs()
  const variant = step.variant?.label ?? null
  yield {
    kind: 'step-started',
    step: address,
    host,
    user: step.user ?? session.facts.user,
    variant,
  }
  const end = foreseen(planned, context.options) ?? (yield* surviving(context))
  const { status, reason, message, exit, diff } = end
  const durationMs = Math.round(ports.clock.nowMs() - started)
  yield {
    kind: 'step-ended',
    step: address,
    host,
    status,
    reason,
    message,
    exit,
    durationMs,
    ...(planned.isDeviation ? { deviation: true as const } : {}),
    ...(diff === undefined ? {} : { diff }),
  }
  return end
}

/** What the plan decided for good: nothing that a step does can change it. */
function foreseen(
  { verdict, reason, decidedBy }: PlannedStep,
  { lang }: RunOptions,
): StepEnd | undefined {
  if (verdict !== 'skip') return undefined
  if (reason === 'undo-only') return skipped(reason, messages.undoOnly[lang]())
  if (reason !== 'not-for-this-host') throw new Error(`unreachable: skipped for ${reason}`)
  return skipped(reason, messages.notForThisHost[lang](decidedBy?.check ?? ''))
}

/** A host that is gone, or that lets us have no shell, ends its step and not the program. */
async function* surviving(context: StepContext): AsyncGenerator<RunEvent, StepEnd> {
  const { planned, ports, session, options } = context
  try {
    return yield* runStep(context)
  } catch (error) {
    const failure = ports.hostFailure(error)
    if (!failure) throw error
    if (failure.kind === 'no-shell') return failed('no-shell', failure.message)
    const { name: host, address } = session
    const { platform } = planned
    yield { kind: 'host-lost', host, address, platform, reason: failure.message }
    return failed('host-lost', messages.hostLost[options.lang](failure.message))
  }
}
