import { expect, test } from 'vitest'
import {
  bindLanes,
  executePlan,
  parseRunbook,
  planRun,
  readHostFlag,
  reduce,
  initialState,
  oneByOne,
  resolveVariables,
  type Clock,
  type HostSession,
  type Prompt,
  type RunEvent,
  type RunState,
} from 'runbook'

/** A host that answers every command with its own text: ports are all that the engine knows. */
const echo: HostSession = {
  name: 'echo',
  address: 'nowhere',
  hostKey: null,
  facts: {
    osId: 'debian',
    osLike: [],
    osVersion: '12',
    osName: 'Debian',
    arch: 'x86_64',
    kernel: '6.1',
    user: 'root',
    hostName: 'echo',
    bootId: '',
    bash: '5.2',
    machineId: '',
    endsWithLogin: false,
  },
  openAt: async () => {},
  async *awaitReboot() {},
  async *run(batch) {
    for (const { command } of batch) {
      yield { kind: 'sending', frame: { user: null, number: 1, out: 0, err: 0 } }
      yield { kind: 'output', stream: 'merged', text: `${command}\n` }
      yield { kind: 'ended', end: { kind: 'exited', status: 0, note: undefined }, durationMs: 1 }
    }
  },
  probe: async () => ({ status: 0, stdout: '', stderr: '', isCut: false }),
  startBackground: async () => ({ kind: 'started', pid: 1 }),
  backgroundState: async () => ({ running: true, status: null, output: '' }),
  stopBackground: async () => {},
  close: async () => [],
}
const clock: Clock = { nowMs: () => 0, sleep: async () => {} }
const nobody: Prompt = {
  confirm: async () => undefined,
  step: async () => undefined,
  failure: async () => undefined,
}

test('another program reads, plans and runs a page with the library alone', async () => {
  const text = '```bash {#hello}\nhello\n```\n```output\nhello\n```\n'
  const { runbook, diagnostics } = parseRunbook('page.md', text)
  expect(diagnostics).toEqual([])
  const [bindings] = bindLanes([runbook], [readHostFlag('echo')], {})
  if (!bindings) throw new Error('there is one lane')
  const plan = planRun({
    runbooks: [runbook],
    bindings,
    hosts: new Map([['echo', echo]]),
    required: new Map(),
    onlyIfMissing: new Set(),
    hasPassed: () => false,
    answers: new Map(),
    isSelected: () => true,
  })
  expect(plan.steps.map(({ address, verdict }) => [address, verdict])).toEqual([
    ['page#hello', 'run'],
  ])

  const none = { project: {}, varsFile: {}, environment: {}, flags: {} }
  const lane = { plan, variables: resolveVariables([runbook], none) }
  let state: RunState = initialState
  const options = {
    lang: 'en',
    stepwise: false,
    yes: false,
    allowDanger: false,
    keepGoing: false,
    update: false,
    timeoutMs: undefined,
    fleet: oneByOne,
  } as const
  const ports = {
    emit: (event: RunEvent) => {
      state = reduce(state, event)
    },
    sessions: new Map([['echo', echo]]),
    clock,
    prompt: nobody,
    signal: new AbortController().signal,
    hostFailure: () => undefined,
    startDir: () => undefined,
    onSecret: () => {},
  }
  await executePlan([lane], { run: 'r', tool: 'example' }, options, ports)
  expect(state.ended).toMatchObject({ status: 'passed', exit: 0, counts: { passed: 1 } })
})
