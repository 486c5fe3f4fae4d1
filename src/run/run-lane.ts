/**
 * The steps of one plan, one after the other, on its hosts.
 */

import type { Check } from '../model/check.ts'
import { mergedNames, named, valueOf } from '../model/named.ts'
import type { RunEvent } from '../model/run-event.ts'
import type { Runbook } from '../model/runbook.ts'
import type { Plan, PlannedStep } from '../plan/plan-run.ts'
import type { ResolvedVariables } from '../plan/resolve-variables.ts'
import { stepHash } from '../plan/content-hash.ts'
import { withText } from './control.ts'
import type { DoneStep, EarlierLife } from './earlier-life.ts'
import { enterPage, shellKey } from './enter-page.ts'
import { messages } from './messages.ts'
import type { BackgroundProcess, HostSession } from './ports.ts'
import type { RunOptions, RunPorts } from './run-options.ts'
import type { StepContext } from './step-context.ts'
import { isGood, skipped, type StepEnd } from './step-end.ts'
import { stepQuestion } from './step-question.ts'
import { chooseVariant, takeStep } from './take-step.ts'
import { recapture } from './recapture.ts'
import { RunVariables } from './variables.ts'

interface Background {
  readonly session: HostSession
  readonly process: BackgroundProcess
  readonly stop: string
}

/** A plan with the values that its hosts see. */
export interface Lane {
  readonly plan: Plan
  readonly variables: ResolvedVariables
}

/** What all lanes of a run share. */
export interface LaneContext {
  readonly run: string
  readonly options: RunOptions
  readonly ports: RunPorts
  readonly before: EarlierLife
  /** Hosts of more than one lane. */
  readonly sharedHosts: ReadonlySet<string>
}

/**
 * The first failure ends the lane, but for `always` steps; background steps are stopped at its end
 * whatever happened.
 *
 * @returns How each step that was taken ended.
 */
export async function* runLane(
  { plan, variables: resolved }: Lane,
  { run, options, ports, before, sharedHosts }: LaneContext,
): AsyncGenerator<RunEvent, readonly StepEnd[]> {
  const values = withAddresses(plan, resolved)
  const variables = new RunVariables(values, resolved.secrets, ports.onSecret)
  /** A step that is tried again, or jumped back to, ends anew. */
  const ends = new Map<string, StepEnd>()
  const passedSteps = new Map<string, Set<string>>()
  const entered = new Map<string, string>()
  const places = new Map(before.shells)
  const background: Background[] = []
  /** Conditions of pages whose first step an earlier life has done: asked before their next one. */
  const needs = new Map<Runbook, readonly Check[]>()
  let isBroken = false
  const addresses = plan.steps.map(({ address }) => address)
  try {
    for (let index = 0; index < plan.steps.length; index++) {
      let planned = plan.steps[index]
      if (!planned || (isBroken && !planned.step.always)) continue
      const session = sessionOf(planned, ports)
      const passed = passedSteps.get(planned.host) ?? new Set()
      passedSteps.set(planned.host, passed)
      const key = `${planned.address}@${planned.host}`
      const done = doneBefore(planned, plan.steps.slice(index + 1), before)
      if (done) {
        needs.set(planned.runbook, [...(needs.get(planned.runbook) ?? []), ...planned.pageNeeds])
        recapture(planned, done, variables)
        entered.set(shellKey({ planned, session }), planned.runbook.file)
        ends.set(key, done.end)
        passed.add(planned.step.id)
        passed.add(planned.address)
        continue
      }
      const pageNeeds = [...(needs.get(planned.runbook) ?? []), ...planned.pageNeeds]
      needs.delete(planned.runbook)
      planned = { ...planned, pageNeeds }
      const open = before.open.get(key)
      if (open) entered.set(shellKey({ planned, session }), planned.runbook.file)
      let context: StepContext = {
        planned,
        open,
        session,
        variables,
        options,
        // Clean-up is not part of what was interrupted.
        ports: isBroken ? { ...ports, signal: new AbortController().signal } : ports,
        passedSteps: passed,
        run,
        onBackground: (process, stop) => {
          const kept = { session, process, stop }
          background.push(kept)
          return () => background.splice(background.indexOf(kept), 1)
        },
        enter: () => enterPage(context, entered),
        findShell: async () => {
          const place = places.get(shellKey(context))
          places.delete(shellKey(context))
          if (place) await session.openAt(place)
        },
        sharesHost: sharedHosts.has(planned.host),
      }
      if (options.stepwise && !isBroken) {
        const chosen = await chooseVariant(context)
        if (chosen.kind === 'variant') context = { ...context, planned: chosen.planned }
        const question = await stepQuestion(context, addresses)
        const choice = await ports.prompt.step(question, ports.signal)
        if (choice === undefined || choice.kind === 'quit') {
          // Clean-up still runs.
          isBroken = true
          index--
          continue
        }
        if (choice.kind === 'jump') {
          index = addresses.indexOf(choice.step) - 1
          continue
        }
        if (choice.kind === 'skip') {
          ends.set(key, yield* skipByHand(context.planned, session, options))
          continue
        }
        if (choice.kind === 'edit') {
          const step = withText(context.planned.step, choice.text)
          const edited = { ...context.planned, step, variants: [step], isDeviation: true }
          context = { ...context, planned: edited }
        }
      }
      const end = yield* takeStep(context)
      ends.set(key, end)
      if (isGood(end)) {
        passed.add(planned.step.id)
        passed.add(planned.address)
        continue
      }
      if (options.stepwise && !isBroken && end.status !== 'cancelled') {
        const question = await stepQuestion(context, addresses)
        const choice = await ports.prompt.failure(question, ports.signal)
        if (choice === 'retry') index--
        if (choice === 'retry' || choice === 'skip') continue
        isBroken = true
      }
      if (!options.keepGoing || end.status === 'cancelled') isBroken = true
    }
  } finally {
    for (const { session, process, stop } of background.toReversed()) {
      await session.stopBackground(process, stop).catch((error: unknown) => {
        if (!ports.hostFailure(error)) throw error
      })
    }
  }
  return [...ends.values()]
}

async function* skipByHand(
  { address, host, step }: PlannedStep,
  { facts }: HostSession,
  { lang }: RunOptions,
): AsyncGenerator<RunEvent, StepEnd> {
  const end = skipped('by-hand', messages.skippedByHand[lang]())
  const variant = step.variant?.label ?? null
  yield { kind: 'step-started', step: address, host, user: step.user ?? facts.user, variant }
  yield { kind: 'step-ended', step: address, host, ...end, durationMs: 0 }
  return end
}

/**
 * Done in an earlier life of the run, and not changed since.
 *
 * Every life cleans up after itself. It also stops what runs in the background, which is started
 * again where a later step is still to be taken.
 *
 * @param later - The steps behind it.
 */
function doneBefore(
  planned: PlannedStep,
  later: readonly PlannedStep[],
  before: EarlierLife,
): DoneStep | undefined {
  const step = unchangedSince(planned, before)
  if (!step || planned.step.always) return undefined
  if (!planned.step.background || step.end.status === 'skipped') return step
  const isNeeded = later.some((each) => !each.step.always && !unchangedSince(each, before))
  return isNeeded ? undefined : step
}

function unchangedSince(planned: PlannedStep, { done }: EarlierLife): DoneStep | undefined {
  const step = done.get(`${planned.address}@${planned.host}`)
  if (!step) return undefined
  const hashes = planned.variants.map((variant) => stepHash(planned.runbook, variant))
  return hashes.includes(step.hash) ? step : undefined
}

function sessionOf({ host }: PlannedStep, { sessions }: RunPorts): HostSession {
  const session = sessions.get(host)
  if (!session) throw new Error(`unreachable: no session for ${host}`)
  return session
}

/** A variable of `address: ROLE` has the address by which that role's host was reached. */
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
