/**
 * The steps of one plan, one after the other, on its hosts.
 */

import type { RunEvent } from '../model/run-event.ts'
import type { Plan, PlannedStep } from '../plan/plan-run.ts'
import type { ResolvedVariables } from '../plan/resolve-variables.ts'
import { stepHash } from '../plan/content-hash.ts'
import type { DoneStep, EarlierLife } from './earlier-life.ts'
import { enterPage, shellKey } from './enter-page.ts'
import type { BackgroundProcess, HostSession } from './ports.ts'
import type { RunOptions, RunPorts } from './run-options.ts'
import type { StepContext } from './step-context.ts'
import { isGood, type StepEnd } from './step-end.ts'
import { takeStep } from './take-step.ts'
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
}

/**
 * The first failure ends the lane, but for `always` steps; background steps are stopped at its end
 * whatever happened.
 *
 * @returns How each step that was taken ended.
 */
export async function* runLane(
  { plan, variables: resolved }: Lane,
  { run, options, ports, before }: LaneContext,
): AsyncGenerator<RunEvent, readonly StepEnd[]> {
  const values = withAddresses(plan, resolved)
  const variables = new RunVariables(values, resolved.secrets, ports.onSecret)
  const ends: StepEnd[] = []
  const passedSteps = new Map<string, Set<string>>()
  const entered = new Map<string, string>()
  const background: Background[] = []
  let isBroken = false
  try {
    for (const planned of plan.steps) {
      if (isBroken && !planned.step.always) continue
      const session = sessionOf(planned, ports)
      const passed = passedSteps.get(planned.host) ?? new Set()
      passedSteps.set(planned.host, passed)
      const key = `${planned.address}@${planned.host}`
      const done = doneBefore(planned, before)
      if (done) {
        recapture(planned, done, variables)
        entered.set(shellKey({ planned, session }), planned.runbook.file)
        ends.push(done.end)
        passed.add(planned.step.id)
        passed.add(planned.address)
        continue
      }
      const open = before.open.get(key)
      if (open) entered.set(shellKey({ planned, session }), planned.runbook.file)
      const context: StepContext = {
        planned,
        open,
        session,
        variables,
        options,
        // Clean-up is not part of what was interrupted.
        ports: isBroken ? { ...ports, signal: new AbortController().signal } : ports,
        passedSteps: passed,
        backupSuffix: `.${run}.bak`,
        onBackground: (process, stop) => background.push({ session, process, stop }),
        enter: () => enterPage(context, entered),
      }
      const end = yield* takeStep(context)
      ends.push(end)
      if (isGood(end)) {
        passed.add(planned.step.id)
        passed.add(planned.address)
      } else if (!options.keepGoing || end.status === 'cancelled') isBroken = true
    }
  } finally {
    for (const { session, process, stop } of background.toReversed()) {
      await session.stopBackground(process, stop).catch((error: unknown) => {
        if (!ports.hostFailure(error)) throw error
      })
    }
  }
  return ends
}

/** Done in an earlier life of the run, and not changed since. */
function doneBefore(planned: PlannedStep, { done }: EarlierLife): DoneStep | undefined {
  const step = done.get(`${planned.address}@${planned.host}`)
  const hashes = planned.variants.map((variant) => stepHash(planned.runbook, variant))
  return step && hashes.includes(step.hash) ? step : undefined
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
      return address !== undefined && host && values[name] === undefined
        ? [[name, host.address] as const]
        : []
    }),
  )
  return { ...values, ...Object.fromEntries(addresses) }
}
