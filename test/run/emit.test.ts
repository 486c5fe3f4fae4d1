import { expect, test } from 'vitest'
import type { RunEvent } from '../../src/model/run-event.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { runOn } from './run-on.ts'
import { scriptedHost } from './scripted-host.ts'

const { runbook } = parseRunbook('p.md', '```bash {#a}\ntrue\n```\n\n```bash {#b}\ntrue\n```\n')
const world = {
  clock: { nowMs: () => 0, sleep: async () => {} },
  prompt: {
    confirm: async () => undefined,
    step: async () => undefined,
    failure: async () => undefined,
  },
}

test('the run waits until each event is handled before it continues', async () => {
  const trace: string[] = []
  const host = scriptedHost()
  const watched = {
    ...host,
    run: (...given: Parameters<typeof host.run>) => {
      trace.push('run')
      return host.run(...given)
    },
  }
  const emit = async (event: RunEvent): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve))
    if (event.kind === 'step-started' || event.kind === 'step-ended') trace.push(event.kind)
  }
  await runOn([watched], runbook, { ...world, emit })
  const step = ['step-started', 'run', 'step-ended']
  expect(trace).toEqual([...step, ...step])
})

test('an event that cannot be handled ends the run, and no event follows', async () => {
  const told: string[] = []
  const emit = (event: RunEvent): void => {
    told.push(event.kind)
    if (event.kind === 'step-started') throw new Error('the disk is full')
  }
  await expect(runOn([scriptedHost()], runbook, { ...world, emit })).rejects.toThrow(
    'the disk is full',
  )
  expect(told).toEqual(['run-started', 'host-connected', 'step-started'])
})
