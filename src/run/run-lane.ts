/** Runs the steps of one plan in order on its hosts. */

import type { Check } from '../model/check.ts'
import { mergedNames, named, valueOf } from '../model/named.ts'
import type { Runbook } from '../model/runbook.ts'
import type { Plan, PlannedStep } from '../plan/plan-run.ts'
import type { ResolvedVariables } from '../plan/resolve-variables.ts'
import { doneBefore, inOrderOfResuming } from './done-before.ts'
import { decideStep, type StepDecision } from './decide-step.ts'
import { messages } from './messages.ts'
import type { StepContext } from './step-context.ts'
import { keyOf, type LaneContext, StepContexts } from './step-contexts.ts'
import { isGood, skipped, type StepEnd } from './step-end.ts'
import { stepQuestion } from './step-question.ts'
import { takeStep } from './take-step.ts'
import { recapture } from './recapture.ts'
import { RunVariables } from './variables.ts'

/** A plan with the values that its hosts receive. */
export interface Lane {
  readonly plan: Plan
  readonly variables: ResolvedVariables
}

/**
 * Where a lane runs: `runLane` runs it in this process. A runner elsewhere reports the same events
 * through the context's `emit`, in the lane's order.
 *
 * @returns The end of each step that ran.
 */
export type LaneRunner = (lane: Lane, context: LaneContext) => Promise<readonly StepEnd[]>

/**
 * The first failure ends the lane, except for `always` steps; background steps are always stopped
 * at the end.
 *
 * @returns The end of each step that ran.
 */
export async function runLane(
  { plan, variables: resolved }: Lane,
  context: LaneContext,
): Promise<readonly StepEnd[]> {
  const { options, ports, before } = context
  const values = withAddresses(plan, resolved)
  const variables = new RunVariables(values, resolved.secrets, ports.onSecret)
  /** A retried or repeated step overwrites its earlier end. */
  const ends = new Map<string, StepEnd>()
  const contexts = new StepContexts(context, variables)
  /**
   * Conditions of pages whose first step was done before a resume; asked before their next step.
   */
  const needs = new Map<Runbook, readonly Check[]>()
  let isBroken = false
  const steps = inOrderOfResuming(plan.steps, before)
  const addresses = steps.map(({ address }) => address)
  const contextOf = (planned: PlannedStep) => contexts.of(planned, isBroken)
  try {
    for (let index = 0; index < steps.length; index++) {
      const planned = steps[index]
      if (!planned || (isBroken && !planned.step.always)) continue
      const key = keyOf(planned)
      const done = doneBefore(index, steps, before)
      const pageNeeds = [...(needs.get(planned.runbook) ?? []), ...planned.pageNeeds]
      const own = contextOf({ ...planned, pageNeeds })
      if (done || own.open) contexts.setEntered(own)
      if (done) {
        needs.set(planned.runbook, pageNeeds)
        recapture(planned, done, variables)
        ends.set(key, done.end)
        contexts.setPassed(planned)
        continue
      }
      needs.delete(planned.runbook)
      const isAsked = options.stepwise && !isBroken
      const decision: StepDecision = isAsked
        ? await decideStep(own, { contextOf, addresses })
        : { kind: 'take', context: own }
      if (decision.kind === 'quit') {
        // Clean-up still runs.
        isBroken = true
        index--
        continue
      }
      if (decision.kind === 'jump') {
        index = addresses.indexOf(decision.step) - 1
        continue
      }
      if (decision.kind === 'skip') {
        ends.set(key, await skipByHand(decision.context))
        continue
      }
      const end = await takeStep(decision.context)
      contexts.setTaken(planned)
      ends.set(key, end)
      if (isGood(end)) {
        contexts.setPassed(planned)
        continue
      }
      if (isAsked && end.status !== 'cancelled') {
        const question = await stepQuestion(decision.context, addresses)
        const choice = await ports.prompt.failure(question, ports.signal)
        if (choice === 'retry') index--
        if (choice === 'retry' || choice === 'skip') continue
        isBroken = true
      }
      if (!options.keepGoing || end.status === 'cancelled') isBroken = true
    }
  } finally {
    await contexts.stopBackground()
  }
  return [...ends.values()]
}

async function skipByHand({
  planned: { address, host, step },
  session: { facts },
  options: { lang },
  ports,
}: StepContext): Promise<StepEnd> {
  const end = skipped('by-hand', messages.skippedByHand[lang])
  const variant = step.variant?.label ?? null
  const user = step.user ?? facts.user
  await ports.emit({ kind: 'step-started', step: address, host, user, variant })
  await ports.emit({ kind: 'step-ended', step: address, host, ...end, durationMs: 0 })
  return end
}

/** Fills variables of `address: ROLE` with the address of that role's host. */
function withAddresses(
  { runbooks, hosts }: Plan,
  { values }: ResolvedVariables,
): Readonly<Record<string, string>> {
  const addresses = runbooks.flatMap(({ variables }) =>
    variables.flatMap(({ name, address }) => {
      const host = hosts.find(({ role }) => role === address)
      return address !== undefined && host && valueOf(values, name) === undefined
        ? [[name, host.address] as const]
        : []
    }),
  )
  return mergedNames(values, named(addresses))
}
