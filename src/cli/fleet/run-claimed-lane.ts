/**
 * One lane on a worker: the order's pages, a session with its host at the place where the last owner
 * left it, and the engine's own `runLane`. A worker that loses its claim leaves the host to the heir.
 */

import { reasonOf } from '../../diagnostic/reason-of.ts'
import { LocalizedError } from '../../diagnostic/localized-error.ts'
import { LaneLease } from '../../fleet/lane-lease.ts'
import { LaneLog } from '../../fleet/lane-log.ts'
import type { LaneClaim, LaneStore } from '../../fleet/lane-store.ts'
import { messages as fleetMessages } from '../../fleet/messages.ts'
import { eventRedactor } from '../../journal/mask-events.ts'
import type { RunEvent, StepOutline } from '../../model/run-event.ts'
import { earlierLife } from '../../run/earlier-life.ts'
import type { HostSession } from '../../run/ports.ts'
import { runLane } from '../../run/run-lane.ts'
import { oneByOne, type RunOptions } from '../../run/run-options.ts'
import { failed, isGood, type StepEnd } from '../../run/step-end.ts'
import { shellsOf } from '../../run/earlier-shells.ts'
import { addSecret, keepSecret, knownSecrets } from '../known-secrets.ts'
import { closeHosts, hostFailure, openHosts, startDirOf } from '../host/open-hosts.ts'
import type { Project } from '../project.ts'
import { reopenShells } from '../run/left-note.ts'
import { neededHosts, planLanes } from '../run/plan-lanes.ts'
import { systemClock } from '../run/run-lanes.ts'
import { refuseOtherMachines } from '../run/run-life.ts'
import { askMissing } from '../run/run-values.ts'
import type { TerminalPrompt } from '../terminal/terminal-prompt.ts'
import { hashesOf, type LaneOrder, preparedBy, readOrder } from './lane-order.ts'

export interface Worker {
  readonly store: LaneStore
  readonly project: Project
  readonly prompt: TerminalPrompt
  readonly flags: {
    readonly sshConfig: string | undefined
    readonly acceptNewHostKey: true | undefined
  }
  /** Aborts when the worker is to stop: it hands its lanes back. */
  readonly stopping: AbortSignal
}

/** `lost`: another worker has it now. `back`: this worker handed it back. */
export type Outcome = 'ended' | 'lost' | 'back'

export async function runClaimedLane(claim: LaneClaim, worker: Worker): Promise<Outcome> {
  const { store, stopping } = worker
  const lease = new LaneLease(store, claim)
  const log = new LaneLog(store, lease)
  const giveUp = () => lease.lose()
  stopping.addEventListener('abort', giveUp)
  if (stopping.aborted) giveUp()
  try {
    const ends = await endsOf(claim, { ...worker, lease, log })
    await log.flush()
    const masked = ends.map((end) => ({ ...end, message: knownSecrets.text(end.message) }))
    if (!(await store.finish(claim, masked))) return 'lost'
    return 'ended'
  } catch (error) {
    if (!lease.lost.aborted) throw error
    if (!stopping.aborted) return 'lost'
    await store.release(claim)
    return 'back'
  } finally {
    stopping.removeEventListener('abort', giveUp)
    await lease.close()
  }
}

interface Running extends Worker {
  readonly lease: LaneLease
  readonly log: LaneLog
}

async function endsOf(claim: LaneClaim, running: Running): Promise<readonly StepEnd[]> {
  const { store, lease, log, project, prompt, flags } = running
  const redact = eventRedactor(knownSecrets)
  const emit = async (raw: RunEvent): Promise<void> => {
    for (const event of redact(raw)) await log.add(event)
  }
  const sessions = new Map<string, HostSession>()
  let isOver = false
  try {
    const order = readOrder(claim.order)
    const { lang } = order.options
    const prepared = preparedBy(order, await store.pages(hashesOf(order)), project)
    const variables = await askMissing(prepared, prompt)
    keepSecret(variables)
    const before = earlierLife(claim.events)
    const opened = await openHosts(neededHosts(prepared), {
      ...prepared,
      flags,
      prompt,
      run: claim.run,
      isResumed: before.shells.size > 0 || claim.epoch > 1,
      onSecret: addSecret,
      needsShell: true,
      guard: { isHeld: lease.isHeld, lost: lease.lost, reason: fleetMessages.claimLost },
    })
    for (const [name, session] of opened) sessions.set(name, session)
    refuseOtherMachines(sessions, order.machines)
    const [lane] = await planLanes(prepared, variables, sessions)
    if (!lane) throw new Error('unreachable: an order has one lane')
    const context = {
      run: claim.run,
      options: optionsOf(order),
      before,
      sharedHosts: new Set<string>(),
      ports: {
        emit,
        sessions,
        clock: systemClock,
        prompt,
        hostFailure,
        startDir: startDirOf,
        signal: lease.cancelled,
        onSecret: addSecret,
      },
    }
    const ends = await runLane(lane, context)
    isOver = ends.length === lane.plan.steps.length && ends.every(isGood)
    await reopenShells(sessions, shellsOf(claim.events), { run: claim.run, lang })
    return ends
  } catch (error) {
    if (lease.lost.aborted || !(error instanceof LocalizedError)) throw error
    return await refusedLane(error, claim, emit)
  } finally {
    const closing = closeHosts(sessions, { keep: !isOver })
    // A host that another worker has now is not asked anything.
    await (lease.lost.aborted ? closing.catch(() => {}) : closing)
  }
}

function optionsOf({ options: { timeoutMs, lost, ...options } }: LaneOrder): RunOptions {
  return {
    ...options,
    stepwise: false,
    timeoutMs: timeoutMs ?? undefined,
    lost: lost ?? undefined,
    fleet: oneByOne,
  }
}

/** The host cannot be reached from here, or a secret is missing: the lane's next step fails. */
async function refusedLane(
  error: LocalizedError,
  { events, order }: LaneClaim,
  emit: (event: RunEvent) => Promise<void>,
): Promise<readonly StepEnd[]> {
  const { done } = earlierLife(events)
  const { lang } = readOrder(order).options
  const failure = hostFailure(error)
  const reason = failure ? (failure.kind === 'no-shell' ? 'no-shell' : 'host-lost') : 'precondition'
  const end = failed(reason, reasonOf(error)[lang])
  const isLeft = ({ step, host }: StepOutline) => !done.has(`${step}@${host}`)
  const next = events.findLast(({ kind }) => kind === 'run-started')
  const outline = next?.kind === 'run-started' ? next.steps.find(isLeft) : undefined
  if (!outline) return [end]
  const { step, host } = outline
  await emit({ kind: 'step-started', step, host, user: '', variant: null })
  const { status, message, exit } = end
  await emit({ kind: 'step-ended', step, host, status, reason, message, exit, durationMs: 0 })
  const passed = [...done.values()].map((each) => each.end)
  return [...passed, end]
}
