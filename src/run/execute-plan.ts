/** The engine: runs plans through ports and emits events. It has no other effects. */

import type { RunEvent, RunHost, StepOutline } from '../model/run-event.ts'
import { stepTitle } from '../model/step-title.ts'
import { stepHash } from '../plan/content-hash.ts'
import type { Plan, PlannedStep } from '../plan/plan-run.ts'
import { runEnded } from './run-ended.ts'
import type { RunOptions, RunPorts } from './run-options.ts'
import { type EarlierLife, noEarlierLife } from './earlier-life.ts'
import { type Lane, type LaneRunner, runLane } from './run-lane.ts'
import { scheduleLanes } from './schedule-lanes.ts'

/** Identifies a run in its journal and in files that it leaves on hosts. */
export interface RunIdentity {
  readonly run: string
  /** `runbook 0.1.0`. */
  readonly tool: string
  /** Who starts it; `undefined` if unknown. */
  readonly by?: string | undefined
}

/**
 * Runs lanes: one for an ordinary run, one per host if a page runs on several. `run-ended` is the
 * last event.
 *
 * @param before - State of an interrupted run; empty for a new one.
 * @param runner - Where the lanes run; sessions are needed only for lanes that run here.
 */
export async function executePlan(
  lanes: readonly Lane[],
  { run, tool, by }: RunIdentity,
  options: RunOptions,
  ports: RunPorts,
  before: EarlierLife = noEarlierLife,
  runner: LaneRunner = runLane,
): Promise<void> {
  const emit = oneByOne(ports.emit)
  const plans = lanes.map(({ plan }) => plan)
  const hosts = unique(plans.flatMap((plan) => plan.hosts))
  const files = new Set(plans.flatMap(({ runbooks }) => runbooks.map(({ file }) => file)))
  const steps = plans.flatMap(outlineOf)
  const person = by === undefined ? {} : { by }
  await emit({ kind: 'run-started', run, tool, ...person, runbooks: [...files], hosts, steps })
  for (const { name, address, platform } of hosts)
    await emit({ kind: 'host-connected', host: name, address, platform, reason: null })
  const needs = plans.flatMap(({ pageNeeds }) => pageNeeds)
  for (const { runbook, host, answer } of needs)
    await emit({ kind: 'check-answered', step: runbook.name, host, ...answer })
  if (needs.some(({ answer }) => !answer.holds))
    return await emit(runEnded(steps.length, [], 'failed'))
  const sharedHosts = new Set(repeated(plans.flatMap((plan) => unique(plan.hosts))))
  const context = { run, options, ports: { ...ports, emit }, before, sharedHosts }
  const ends = await scheduleLanes(lanes, context, runner)
  await emit(runEnded(steps.length, ends, undefined))
}

/**
 * Serialises the events of concurrent lanes. After an error it throws for every event, which ends
 * each lane.
 */
function oneByOne(take: RunPorts['emit']): (event: RunEvent) => Promise<void> {
  let last = Promise.resolve()
  return (event) => {
    last = last.then(() => take(event))
    return last
  }
}

/** A plan's steps as `run-started` lists them. */
export function outlineOf({ steps }: Plan): readonly StepOutline[] {
  return steps.map((planned) => {
    const { address, host, step, runbook } = planned
    const reverts = revertedBy(planned, steps)
    return {
      step: address,
      host,
      title: stepTitle(step),
      file: runbook.file,
      line: step.span.start.line,
      hash: stepHash(runbook, step),
      ...(reverts.length === 0 ? {} : { reverts }),
    }
  })
}

/** Addresses of the steps that a clean-up reverts. */
function revertedBy(
  { runbook, host, step }: PlannedStep,
  steps: readonly PlannedStep[],
): readonly string[] {
  const { reverts } = step
  if (reverts.length === 0) return []
  const before = runbook.steps.slice(0, runbook.steps.indexOf(step))
  const ids = new Set(reverts === '*' ? before.map(({ id }) => id) : reverts)
  return steps.flatMap((each) =>
    each.runbook === runbook && each.host === host && ids.has(each.step.id) ? [each.address] : [],
  )
}

function repeated(hosts: readonly RunHost[]): readonly string[] {
  const names = hosts.map(({ name }) => name)
  return names.filter((name, index) => names.indexOf(name) < index)
}

function unique<T extends { readonly name: string }>(hosts: readonly T[]): readonly T[] {
  return [...new Map(hosts.map((host) => [host.name, host])).values()]
}
