/**
 * The engine: a plan and ports in, events out. It decides; it touches nothing itself.
 */

import type { Counts, RunEvent, RunStatus, StepStatus } from '../model/run-event.ts'
import { pageName } from '../model/runbook.ts'
import type { PlannedStep, Plan } from '../plan/plan-run.ts'
import type { ResolvedVariables } from '../plan/resolve-variables.ts'
import { askChecks } from './ask.ts'
import { messages } from './messages.ts'
import type { BackgroundProcess, HostSession } from './ports.ts'
import type { RunOptions, RunPorts } from './run-options.ts'
import { runStep } from './run-step.ts'
import { askingOf, type StepContext } from './step-context.ts'
import { isGood, skipped, type StepEnd } from './step-end.ts'
import { RunVariables } from './variables.ts'

/** Names a run, for its journal and for files that it leaves. */
export interface RunIdentity {
  readonly run: string
  /** `runbook 0.1.0`. */
  readonly tool: string
}

interface Background {
  readonly session: HostSession
  readonly process: BackgroundProcess
  readonly stop: string
}

/**
 * Takes the steps of a plan in order. The first failure ends the run, but for `always` steps;
 * background steps are stopped at the end whatever happened. `run-ended` is the last event.
 */
export async function* executePlan(
  plan: Plan,
  identity: RunIdentity,
  resolved: ResolvedVariables,
  options: RunOptions,
  ports: RunPorts,
): AsyncGenerator<RunEvent, void> {
  const variables = new RunVariables(
    withAddresses(plan, resolved),
    resolved.secrets,
    ports.onSecret,
  )
  const { run, tool } = identity
  yield {
    kind: 'run-started',
    run,
    tool,
    runbooks: plan.runbooks.map(({ file }) => file),
    hosts: plan.hosts,
  }
  for (const { name, address, platform } of plan.hosts) {
    yield { kind: 'host-connected', host: name, address, platform, reason: null }
  }
  for (const { runbook, host, answer } of plan.pageNeeds) {
    yield { kind: 'check-answered', step: pageName(runbook.file), host, ...answer }
  }
  if (plan.pageNeeds.some(({ answer }) => !answer.holds)) {
    yield runEnded(plan, [], 'failed')
    return
  }
  const ends: StepEnd[] = []
  const passedSteps = new Map<string, Set<string>>()
  const background: Background[] = []
  let isBroken = false
  try {
    for (const planned of plan.steps) {
      if (isBroken && !planned.step.always) continue
      const session = ports.sessions.get(planned.host)
      if (!session) throw new Error(`unreachable: no session for ${planned.host}`)
      const passed = passedSteps.get(planned.host) ?? new Set()
      passedSteps.set(planned.host, passed)
      const asking: StepContext = {
        planned,
        session,
        variables,
        options,
        // Clean-up is not part of what was interrupted.
        ports: isBroken ? { ...ports, signal: new AbortController().signal } : ports,
        passedSteps: passed,
        backupSuffix: `.${run}.bak`,
        onBackground: (process, stop) => background.push({ session, process, stop }),
      }
      const end = yield* takeStep({ ...asking, planned: await withVariant(asking) })
      ends.push(end)
      if (isGood(end)) {
        passed.add(planned.step.id)
        passed.add(planned.address)
      } else if (!options.keepGoing || end.status === 'cancelled') isBroken = true
    }
  } finally {
    for (const { session, process, stop } of background.toReversed())
      await session.stopBackground(process, stop)
  }
  yield runEnded(plan, ends, undefined)
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

async function* takeStep(context: StepContext): AsyncGenerator<RunEvent, StepEnd> {
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
  const end = foreseen(planned, context.options) ?? (yield* runStep(context))
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
  if (reason === 'not-selected') return skipped(reason, messages.notSelected[lang]())
  if (reason === 'undo-only') return skipped(reason, messages.undoOnly[lang]())
  if (reason !== 'not-for-this-host') throw new Error(`unreachable: skipped for ${reason}`)
  return skipped(reason, messages.notForThisHost[lang](decidedBy?.check ?? ''))
}

/** @param decided - The status of a run that ended before its first step. */
function runEnded(plan: Plan, ends: readonly StepEnd[], decided: RunStatus | undefined): RunEvent {
  const count = (status: StepStatus) => ends.filter((end) => end.status === status).length
  const counts: Counts = {
    passed: count('passed'),
    changed: count('changed'),
    skipped: count('skipped'),
    failed: count('failed'),
    confirmed: count('confirmed'),
    cancelled: count('cancelled'),
    lost: count('lost'),
    notRun: plan.steps.length - ends.length,
  }
  const status = decided ?? statusOf(counts)
  return { kind: 'run-ended', status, counts, exit: exitOf(status, counts, ends) }
}

function statusOf({ failed, cancelled, lost }: Counts): RunStatus {
  if (cancelled > 0) return 'cancelled'
  if (lost > 0) return 'lost'
  return failed > 0 ? 'failed' : 'passed'
}

/** CLI.md's exit codes: a run in which nothing was run or checked is not a success. */
function exitOf(status: RunStatus, counts: Counts, ends: readonly StepEnd[]): number {
  if (status === 'cancelled') return 130
  if (status !== 'passed') return 1
  const isDone = ends.some(({ reason }) => reason === 'already-done' || reason === 'equal')
  return counts.passed + counts.changed + counts.confirmed > 0 || isDone ? 0 : 1
}
