/** Several hosts in one run: which go first, how many together, and which are not started. */

import { describe, expect, test } from 'vitest'
import type { RunEvent } from '../../src/model/run-event.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { bindLanes, readHostFlag } from '../../src/plan/bind-roles.ts'
import { planRun } from '../../src/plan/plan-run.ts'
import { resolveVariables } from '../../src/plan/resolve-variables.ts'
import { noEarlierLife } from '../../src/run/earlier-life.ts'
import { executePlan } from '../../src/run/execute-plan.ts'
import type { HostSession } from '../../src/run/ports.ts'
import { type LaneRunner, runLane } from '../../src/run/run-lane.ts'
import { type FleetOptions, oneByOne, type RunPorts } from '../../src/run/run-options.ts'
import { scriptedHost } from './scripted-host.ts'

const { runbook } = parseRunbook('a.md', '```bash {#x}\ntrue\n```\n')
const names = ['a', 'b', 'c', 'd', 'e', 'f']
const all = 100

interface Seen {
  /** Hosts whose step ended, in that order. */
  readonly ended: readonly string[]
  readonly mostAtOnce: number
}

async function runFleet(
  fleet: Partial<FleetOptions>,
  failing: readonly string[],
  runner: LaneRunner = runLane,
): Promise<Seen> {
  let atOnce = 0
  let mostAtOnce = 0
  const hostCalled = (name: string): HostSession => ({
    ...scriptedHost(),
    name,
    async *run() {
      mostAtOnce = Math.max(mostAtOnce, ++atOnce)
      // Whoever may run beside it has begun by then.
      await new Promise((resolve) => setImmediate(resolve))
      atOnce--
      const status = failing.includes(name) ? 1 : 0
      yield { kind: 'ended', end: { kind: 'exited', status, note: undefined }, durationMs: 1 }
    },
  })
  const sessions = new Map(names.map((name) => [name, hostCalled(name)]))
  const given = { project: {}, varsFile: {}, environment: {}, flags: {} }
  const lanes = bindLanes([runbook], [readHostFlag(names.join(','))], {}).map((bindings) => ({
    plan: planRun({
      runbooks: [runbook],
      bindings,
      hosts: sessions,
      required: new Map(),
      onlyIfMissing: new Set(),
      hasPassed: () => false,
      answers: new Map(),
      isSelected: () => true,
    }),
    variables: resolveVariables([runbook], given),
  }))
  const events: RunEvent[] = []
  const options = {
    lang: 'en',
    stepwise: false,
    yes: false,
    allowDanger: false,
    keepGoing: false,
    update: false,
    timeoutMs: undefined,
    fleet: { ...oneByOne, ...fleet },
  } as const
  const ports: RunPorts = {
    emit: (event) => void events.push(event),
    sessions,
    clock: { nowMs: () => 0, sleep: async () => {} },
    prompt: {
      confirm: async () => undefined,
      step: async () => undefined,
      failure: async () => undefined,
    },
    signal: new AbortController().signal,
    hostFailure: () => undefined,
    startDir: () => undefined,
    onSecret: () => {},
  }
  const run = { run: 'r', tool: 't' }
  await executePlan([...lanes], run, options, ports, noEarlierLife, runner)
  const ended = events.flatMap((event) => (event.kind === 'step-ended' ? [event.host] : []))
  return { ended, mostAtOnce }
}

describe('a run on several hosts', () => {
  test.each([
    ['one by one', { parallel: 1 }, 1],
    ['at most so many at a time', { parallel: 2 }, 2],
    ['all at once', { parallel: 10 }, 6],
    ['a batch after the other', { parallel: 10, batchPercent: 50 }, 3],
  ])('starts them %s', async (_, fleet, most) => {
    const { ended, mostAtOnce } = await runFleet(fleet, [])
    expect(ended.toSorted()).toEqual(names)
    expect(mostAtOnce).toBe(most)
  })

  test.each([
    ['goes on past a host that fails', { maxFailPercent: all }, ['b'], 6],
    ['stops after a canary that failed', { canary: 1, maxFailPercent: all }, ['a'], 1],
    ['goes on after a canary that passed', { canary: 2, maxFailPercent: all }, ['c'], 6],
    [
      'starts no batch after too many failed',
      { batchPercent: 50, maxFailPercent: 20 },
      ['a', 'b'],
      3,
    ],
    ['starts it where so many may fail', { batchPercent: 50, maxFailPercent: 34 }, ['a', 'b'], 6],
    ['finishes the batch that is under way', { batchPercent: 50, maxFailPercent: 0 }, ['a'], 3],
  ])('%s', async (_, fleet, failing, count) => {
    const { ended } = await runFleet(fleet, failing)
    expect(ended).toHaveLength(count)
  })

  test('follows the same rules when the lanes run elsewhere', async () => {
    const taken: string[] = []
    const elsewhere: LaneRunner = async ({ plan }, { ports }) => {
      const [planned] = plan.steps
      if (!planned) return []
      const { address: step, host } = planned
      taken.push(host)
      const status = host === 'b' ? 'failed' : 'passed'
      const end = { status, reason: null, message: '', exit: null } as const
      await ports.emit({ kind: 'step-ended', step, host, ...end, durationMs: 1 })
      return [end]
    }
    const { ended } = await runFleet({ parallel: 2, canary: 2 }, [], elsewhere)
    expect(ended.toSorted()).toEqual(['a', 'b'])
    expect(taken.toSorted()).toEqual(['a', 'b'])
  })
})
