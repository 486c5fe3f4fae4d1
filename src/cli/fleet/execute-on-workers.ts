/**
 * The coordinator of a run over workers: plans each host here, then submits its lane and follows it.
 * Canary, batches and limits are the engine's, as in a local run. The store has the run's events; the
 * journal here is a copy, so that `show`, `report` and `undo` work as ever.
 */

import { hostname, userInfo } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { LaneLease } from '../../fleet/lane-lease.ts'
import { LaneLog } from '../../fleet/lane-log.ts'
import { journalOf, type Claim, type LaneStore, type NewLane } from '../../fleet/lane-store.ts'
import { remoteRunner } from '../../fleet/remote-runner.ts'
import { pruneRuns } from '../../journal/prune-runs.ts'
import { writeRunRequest } from '../../journal/run-request.ts'
import type { RunEvent } from '../../model/run-event.ts'
import { keepPrivate } from '../../project-files/keep-private.ts'
import { outlineOf } from '../../run/execute-plan.ts'
import type { HostSession } from '../../run/ports.ts'
import type { Lane } from '../../run/run-lane.ts'
import { closeHosts, openHosts } from '../host/open-hosts.ts'
import { addSecret, keepSecret, knownSecrets } from '../known-secrets.ts'
import { say } from '../output.ts'
import { pathIn, runsFolder } from '../project.ts'
import { optionsOf, recordIfAsked } from '../run/execute.ts'
import { interruptSignal } from '../run/interrupt.ts'
import { requestOf } from '../run/kept-request.ts'
import { neededHosts, planLanes } from '../run/plan-lanes.ts'
import type { PreparedRun } from '../run/prepare-run.ts'
import { chosenReporters, type RunReporters } from '../run/reporters.ts'
import type { ExecFlags } from '../run/run-flags.ts'
import { runLanes } from '../run/run-lanes.ts'
import { refuseOtherMachines, type RunLife } from '../run/run-life.ts'
import { askMissing } from '../run/run-values.ts'
import { terminalPrompt, type TerminalPrompt } from '../terminal/terminal-prompt.ts'
import { toolName } from '../version.ts'
import { openDatabase } from './database.ts'
import { hostKeys, refuseUnfit } from './fit-lanes.ts'
import { type LaneOrder, orderOf } from './lane-order.ts'
import { writeMirror } from './mirror-run.ts'
import { messages } from './messages.ts'

export async function executeOnWorkers(
  prepared: PreparedRun,
  flags: ExecFlags,
  life: RunLife,
): Promise<void> {
  const { lang, project } = prepared
  refuseUnfit(prepared)
  let reporters: RunReporters | undefined
  const prompt = terminalPrompt({ lang, noInput: !flags.input, screen: () => reporters })
  const store = await openDatabase(project, { prompt, lang })
  const interrupt = interruptSignal()
  try {
    const planned = await planAll(prepared, { flags, life, prompt })
    const options = optionsOf(flags, prepared)
    const lead = await startRun(store, planned, { flags, life, signal: interrupt.signal })
    const lease = new LaneLease(store, lead)
    const cancel = () => void store.cancel(life.run).catch(() => {})
    interrupt.signal.addEventListener('abort', cancel)
    const log = new LaneLog(store, lease)
    const history = await store.history(life.run)
    const before = journalOf(history)
    if (before.length > 0) await writeMirror(runsFolder(project), life.run, before)
    const lanes = await ordersOf(store, planned, { flags, life, options, history })
    say(`${messages.onWorkers(life.run, lanes.size)[lang]}\n`)
    const remote = new WeakSet<RunEvent>()
    const onEvent = (event: RunEvent) => void remote.add(event)
    let isOver = false
    try {
      const outcome = await runLanes({
        prepared,
        lanes: planned.lanes,
        run: life.run,
        sessions: planned.sessions,
        options,
        prompt,
        redactor: knownSecrets,
        signal: AbortSignal.any([interrupt.signal, lease.cancelled]),
        before,
        reporters: chosenReporters(flags),
        onSent: () => {},
        onReporters: (opened) => {
          reporters = opened
        },
        runner: remoteRunner({ store, lead: lease, lanes, onEvent }),
        alsoStore: async (raw, event) => {
          if (!remote.has(raw)) await log.add(event)
        },
      })
      await log.flush()
      isOver = true
      await store.finish(lead, [])
      await recordIfAsked(outcome, { ...planned, prepared, run: life.run, flags, turn: 'first' })
      process.exitCode = interrupt.code() ?? outcome.ended.exit
      pruneRuns(runsFolder(project))
    } finally {
      interrupt.signal.removeEventListener('abort', cancel)
      await lease.close()
      if (!isOver) await store.release(lead)
    }
  } finally {
    interrupt.release()
    await store.close()
  }
}

interface Planned {
  readonly prepared: PreparedRun
  readonly lanes: readonly Lane[]
  /** Closed: only what they know of their hosts. */
  readonly sessions: ReadonlyMap<string, HostSession>
}

interface Planning {
  readonly flags: ExecFlags
  readonly life: RunLife
  readonly prompt: TerminalPrompt
}

/** Plans as `plan` does: every host answers its checks, and nothing stays open. */
async function planAll(prepared: PreparedRun, { flags, life, prompt }: Planning): Promise<Planned> {
  const asked = await askMissing(withoutCommands(prepared), prompt)
  // What a worker gets by a command stays missing here.
  const variables = asked.map((each, index) => {
    const missing = prepared.variables[index]?.missing ?? []
    return { ...each, missing: missing.filter(({ name }) => isByCommand(prepared, name)) }
  })
  keepSecret(variables)
  const sessions = await openHosts(neededHosts(prepared), {
    ...prepared,
    flags,
    prompt,
    run: life.run,
    isResumed: false,
    onSecret: addSecret,
  })
  try {
    refuseOtherMachines(sessions, life.machines)
    const lanes = await planLanes(prepared, variables, sessions)
    return { prepared, lanes, sessions }
  } finally {
    await closeHosts(sessions, { keep: true })
  }
}

function isByCommand({ project }: PreparedRun, name: string): boolean {
  return project.secretCommands.has(name)
}

function withoutCommands(prepared: PreparedRun): PreparedRun {
  const variables = prepared.variables.map((each) => ({
    ...each,
    missing: each.missing.filter(({ name }) => !isByCommand(prepared, name)),
  }))
  return { ...prepared, variables }
}

interface Starting {
  readonly flags: ExecFlags
  readonly life: RunLife
  readonly signal: AbortSignal
}

/** Stores the run if it is new, and waits for its lead. */
async function startRun(
  store: LaneStore,
  { prepared, lanes, sessions }: Planned,
  { flags, life: { run }, signal }: Starting,
): Promise<Claim> {
  const { project, lang } = prepared
  const by = `${userInfo().username}@${hostname()}`
  const owner = `${by}:${process.pid}`
  keepPrivate(project.root)
  if (!(await store.run(run))) {
    const variables = lanes.map((lane) => lane.variables)
    const request = requestOf(prepared, flags, variables, sessions)
    await writeRunRequest(runsFolder(project), run, request)
    const pages = request.pages.map(pathIn(project))
    await store.createRun({ run, by, request: { ...request, pages } })
  }
  for (let isSaid = false; ; isSaid = true) {
    const lead = await store.lead(run, owner)
    if (lead) return lead
    const other = (await store.run(run))?.lanes[0]?.owner ?? ''
    if (!isSaid) say(`${messages.ledByOther(run, other)[lang]}\n`)
    if (signal.aborted) throw new UsageError(messages.ledByOther(run, other))
    await sleep(500, undefined, { signal }).catch(() => {})
  }
}

interface Ordering extends Pick<Starting, 'flags' | 'life'> {
  readonly options: ReturnType<typeof optionsOf>
  readonly history: Awaited<ReturnType<LaneStore['history']>>
}

/** By lane its order; a host keeps the number of its lane when the run is resumed. */
async function ordersOf(
  store: LaneStore,
  { prepared, lanes, sessions }: Planned,
  { flags, life, options, history }: Ordering,
): Promise<ReadonlyMap<Lane, { readonly order: NewLane; readonly known: number }>> {
  const keys = await hostKeys(prepared, flags)
  const stored = (await store.run(life.run))?.lanes ?? []
  const numbers = new Map(stored.flatMap(({ lane, host }) => (lane > 0 ? [[host, lane]] : [])))
  const orders = new Map<Lane, { readonly order: NewLane; readonly known: number }>()
  const texts = new Map<string, string>()
  for (const [index, lane] of lanes.entries()) {
    const bindings = prepared.lanes[index]
    const host = lane.plan.hosts[0]?.name
    if (!bindings || host === undefined) throw new Error('unreachable: a lane without a host')
    const { order, pages } = orderOf({
      prepared,
      bindings,
      variables: lane.variables,
      options: { ...options, lost: life.lost },
      machines: machinesOf(lane, sessions),
    })
    for (const [hash, text] of pages) texts.set(hash, text)
    const number = numbers.get(host) ?? Math.max(0, ...numbers.values()) + 1
    numbers.set(host, number)
    orders.set(lane, {
      order: {
        run: life.run,
        lane: number,
        host,
        key: keys.get(host) ?? host,
        order,
        started: { v: 1, at: new Date().toISOString(), ...startedOf(lane, life.run) },
      },
      known: history.filter((each) => each.lane === number).length,
    })
  }
  await store.putPages(texts)
  return orders
}

function startedOf({ plan }: Lane, run: string): RunEvent & { readonly kind: 'run-started' } {
  const runbooks = plan.runbooks.map(({ file }) => file)
  return {
    kind: 'run-started',
    run,
    tool: toolName,
    runbooks,
    hosts: plan.hosts,
    steps: outlineOf(plan),
  }
}

function machinesOf(
  { plan }: Lane,
  sessions: ReadonlyMap<string, HostSession>,
): LaneOrder['machines'] {
  return Object.fromEntries(
    plan.hosts.flatMap(({ name }) => {
      const session = sessions.get(name)
      if (!session) return []
      return [[name, { machineId: session.facts.machineId, hostKey: session.hostKey }] as const]
    }),
  )
}
