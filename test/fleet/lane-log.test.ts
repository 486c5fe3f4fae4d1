/** What an owner of a lane writes, and when it stops. */

import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { LaneLease } from '../../src/fleet/lane-lease.ts'
import { LaneLog } from '../../src/fleet/lane-log.ts'
import type { Hold, LaneClaim } from '../../src/fleet/lane-store.ts'
import type { RunEvent } from '../../src/model/run-event.ts'
import { MemoryStore } from './memory-store.ts'

const of = { step: 'a#x', host: 'h', index: 0 }
const output = (text: string): RunEvent => ({ ...of, kind: 'output', stream: 'merged', text })
const commandEnded: RunEvent = { ...of, kind: 'command-ended', exit: 0, durationMs: 1, next: null }

async function claimOf(store: MemoryStore): Promise<LaneClaim> {
  await store.createRun({ run: 'r', by: 'me', request: {} })
  const lead = await store.lead('r', 'me')
  const started = { kind: 'run-started', run: 'r', tool: 't', runbooks: [], hosts: [], steps: [] }
  if (!lead) throw new Error('no lead')
  await store.submit(lead, {
    run: 'r',
    lane: 1,
    host: 'h',
    key: 'h:22',
    order: {},
    started: { v: 1, at: '', ...started, kind: 'run-started' },
  })
  const claim = await store.claim('worker', AbortSignal.timeout(1000))
  if (!claim) throw new Error('no lane')
  return claim
}

const stored = async (store: MemoryStore) =>
  (await store.history('r')).flatMap(({ event }) => (event.kind === 'output' ? [event] : []))

test('a huge output is stored as its head and tail, and says so', async () => {
  const store = new MemoryStore(60_000)
  const lease = new LaneLease(store, await claimOf(store))
  const log = new LaneLog(store, lease)
  for (let part = 0; part < 40; part++) await log.add(output('x'.repeat(65_536)))
  await log.add(output('the end'))
  await log.add(commandEnded)
  await lease.close()
  const events = await stored(store)
  expect(events.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(1.1 * 1024 * 1024)
  expect(events.at(-1)).toMatchObject({ truncated: true })
  expect(events.at(-1)?.text.endsWith('the end')).toBe(true)
})

test('an owner whose claim went to another writes nothing more, and knows it', async () => {
  const store = new MemoryStore(60_000)
  const claim = await claimOf(store)
  const lease = new LaneLease(store, claim)
  const log = new LaneLog(store, lease)
  await store.release(claim)
  await expect(log.add(commandEnded)).rejects.toThrow('another process has taken over')
  expect(lease.lost.aborted).toBe(true)
  expect((await store.history('r')).filter(({ event }) => event.kind === 'command-ended')).toEqual(
    [],
  )
  await lease.close()
})

test('a lease ends by the clock here when the store does not answer', async () => {
  class Silent extends MemoryStore {
    override renew(): Promise<Hold> {
      return new Promise(() => {})
    }
  }
  const store = new Silent(400)
  const lease = new LaneLease(store, await claimOf(store))
  expect(lease.isHeld()).toBe(true)
  await sleep(300)
  expect(lease.lost.aborted).toBe(true)
  await lease.close()
})
