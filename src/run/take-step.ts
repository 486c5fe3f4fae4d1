/** Executes one entry of a plan, from choosing its variant to its `step-ended`. */

import type { PlannedStep } from '../plan/plan-run.ts'
import { askChecks } from './ask.ts'
import { messages } from './messages.ts'
import type { HostFailure, RunOptions } from './run-options.ts'
import { runStep } from './run-step.ts'
import { askingOf, type StepContext } from './step-context.ts'
import { failed, skipped, type StepEnd } from './step-end.ts'

/** Earlier steps may have changed which variant suits the host. */
async function withVariant(context: StepContext): Promise<PlannedStep> {
  const { planned, session } = context
  if (planned.variants.length < 2 || planned.verdict === 'skip') return planned
  const checks = planned.variants.flatMap(({ when }) => when)
  const answers = await askChecks(session, checks, askingOf(context))
  const holds = new Map(checks.map((check, index) => [check, answers[index]?.holds]))
  const step = planned.variants.find(({ when }) => when.every((check) => holds.get(check) === true))
  return step ? { ...planned, step } : planned
}

export async function takeStep(context: StepContext): Promise<StepEnd> {
  const { planned, ports, session } = context
  const { address: step, host } = planned
  const started = ports.clock.nowMs()
  const chosen = await chooseVariant(context)
  const taken = chosen.kind === 'variant' ? { ...context, planned: chosen.planned } : context
  const user = taken.planned.step.user ?? session.facts.user
  const variant = taken.planned.step.variant?.label ?? null
  await ports.emit({ kind: 'step-started', step, host, user, variant })
  const end =
    chosen.kind === 'failed'
      ? await lostEnd(chosen.failure, context)
      : (foreseen(taken.planned, context.options) ?? (await surviving(taken)))
  const { status, reason, message, exit, diff, expectedLine, backup } = end
  const durationMs = Math.round(ports.clock.nowMs() - started)
  await ports.emit({
    kind: 'step-ended',
    step,
    host,
    status,
    reason,
    message,
    exit,
    durationMs,
    ...(planned.isDeviation ? { deviation: true as const } : {}),
    ...(diff === undefined ? {} : { diff }),
    ...(expectedLine === undefined ? {} : { expectedLine }),
    ...(backup === undefined ? {} : { backup }),
  })
  return end
}

type Choice =
  | { readonly kind: 'variant'; readonly planned: PlannedStep }
  /** The host was lost or refused a shell while it was asked. */
  | { readonly kind: 'failed'; readonly failure: HostFailure }

/** Chooses the variant for the host's current state; also reports a host that cannot be asked. */
export async function chooseVariant(context: StepContext): Promise<Choice> {
  try {
    return { kind: 'variant', planned: await withVariant(context) }
  } catch (error) {
    const failure = context.ports.hostFailure(error)
    if (!failure) throw error
    return { kind: 'failed', failure }
  }
}

/** Verdicts of the plan that no step can change. */
function foreseen(
  { verdict, reason, decidedBy }: PlannedStep,
  { lang }: RunOptions,
): StepEnd | undefined {
  if (verdict !== 'skip') return undefined
  if (reason === 'undo-only') return skipped(reason, messages.undoOnly[lang])
  if (reason !== 'not-for-this-host') throw new Error(`unreachable: skipped for ${reason}`)
  return skipped(reason, messages.notForThisHost(decidedBy?.check ?? '')[lang])
}

/** A lost host or a refused shell ends the step, not the program. */
async function surviving(context: StepContext): Promise<StepEnd> {
  try {
    return await runStep(context)
  } catch (error) {
    const failure = context.ports.hostFailure(error)
    if (!failure) throw error
    return await lostEnd(failure, context)
  }
}

async function lostEnd(
  failure: HostFailure,
  { planned, session, options, ports }: StepContext,
): Promise<StepEnd> {
  if (failure.kind === 'no-shell') return failed('no-shell', failure.message[options.lang])
  const { name: host, address } = session
  const { platform } = planned
  await ports.emit({
    kind: 'host-lost',
    host,
    address,
    platform,
    reason: failure.message[options.lang],
  })
  return failed('host-lost', messages.hostLost(failure.message)[options.lang])
}
