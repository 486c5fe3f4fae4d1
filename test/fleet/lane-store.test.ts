/** The contract of every `LaneStore`. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Claim,
  journalOf,
  type LaneNews,
  type LaneStore,
  type NewLane,
} from '../../src/fleet/lane-store.ts'
import { installFleet, installSql, openStore } from '../../src/fleet/open-store.ts'
import { reasonOf } from '../../src/diagnostic/reason-of.ts'
import type { StampedEvent } from '../../src/model/run-event.ts'
import type { StepEnd } from '../../src/run/step-end.ts'
import { MemoryStore } from './memory-store.ts'
import { type Postgres, startPostgres } from './postgres.ts'

const passed: StepEnd = { status: 'passed', reason: null, message: '', exit: 0 }
const never = new AbortController().signal

let runs = 0
const newRun = () => `20260101-0000-${String(++runs).padStart(4, '0')}`

const started: NewLane['started'] = {
  v: 1,
  at: '2026-01-01T00:00:00.000Z',
  kind: 'run-started',
  run: 'r',
  tool: 't',
  runbooks: ['a.md'],
  hosts: [],
  steps: [],
}

const laneOf = (run: string, lane = 1, key = `${run}:${lane}`): NewLane => ({
  run,
  lane,
  host: `h${lane}`,
  key,
  order: { page: 'a', nul: '\0' },
  started,
})

const output = (seq: number, text = `line ${seq}\n`): StampedEvent => ({
  v: 1,
  seq,
  at: '2026-01-01T00:00:01.000Z',
  kind: 'output',
  step: 'a#x',
  host: 'h1',
  index: 0,
  stream: 'merged',
  text,
})

async function led(store: LaneStore, run = newRun()): Promise<Claim> {
  await store.createRun({ run, by: 'me@here', request: { pages: ['a.md'] } })
  const lead = await store.lead(run, 'coordinator')
  if (!lead) throw new Error('the run has no coordinator yet')
  return lead
}

async function claimed(store: LaneStore, owner: string) {
  const claim = await store.claim(owner, AbortSignal.timeout(20_000))
  if (!claim) throw new Error(`no lane for ${owner}`)
  return claim
}

/** Only for a lane that must not come. */
const nothing = (store: LaneStore) => store.claim('idle', AbortSignal.timeout(1200))

function contract(name: string, open: () => LaneStore): void {
  describe(`a store ${name}`, () => {
    test('a lane goes from its submission to its end, with its events in order', async () => {
      const store = open()
      const lead = await led(store)
      expect(await store.submit(lead, laneOf(lead.run))).toBe(true)
      const claim = await claimed(store, 'worker')
      expect(claim).toMatchObject({ run: lead.run, lane: 1, host: 'h1', nextSeq: 1 })
      expect(claim.order).toEqual({ page: 'a', nul: '\0' })
      expect(claim.events).toEqual([{ ...started, seq: 0 }])
      expect(await store.append(claim, [output(1), output(2, 'a\0b \uD83D 界\n')])).toBe(true)
      expect(await store.finish(claim, [passed])).toBe(true)
      const news: LaneNews[] = []
      for await (const each of store.follow(claim, 1, never)) news.push(each)
      expect(news.flatMap((each) => (each.kind === 'events' ? each.events : []))).toEqual([
        output(1),
        output(2, 'a\0b \uD83D 界\n'),
      ])
      expect(news.at(-1)).toEqual({ kind: 'ended', ends: [passed] })
      expect(await store.lane(claim)).toMatchObject({ state: 'ended', owner: 'worker', count: 3 })
    })

    test('a follower receives events as they come', async () => {
      const store = open()
      const lead = await led(store)
      await store.submit(lead, laneOf(lead.run))
      const claim = await claimed(store, 'worker')
      const texts: string[] = []
      const following = (async () => {
        for await (const each of store.follow(claim, 1, never)) {
          if (each.kind === 'ended') break
          for (const event of each.events) if (event.kind === 'output') texts.push(event.text)
          if (texts.length === 1) await store.append(claim, [output(2, 'second')])
          if (texts.length === 2) await store.finish(claim, [])
        }
      })()
      await store.append(claim, [output(1, 'first')])
      await following
      expect(texts).toEqual(['first', 'second'])
    })

    test('appending the same events again changes nothing', async () => {
      const store = open()
      const lead = await led(store)
      await store.submit(lead, laneOf(lead.run))
      const claim = await claimed(store, 'worker')
      await store.append(claim, [output(1)])
      expect(await store.append(claim, [output(1), output(2)])).toBe(true)
      expect((await store.lane(claim))?.count).toBe(3)
      await store.finish(claim, [])
    })

    test('two lanes of one host have one owner at a time; of two hosts, two', async () => {
      const store = open()
      const lead = await led(store)
      const other = await led(store)
      await store.submit(lead, laneOf(lead.run, 1, 'same:22'))
      await store.submit(other, laneOf(other.run, 1, 'same:22'))
      const first = await claimed(store, 'a')
      expect(await nothing(store)).toBeUndefined()
      await store.submit(lead, laneOf(lead.run, 2, 'else:22'))
      const beside = await claimed(store, 'b')
      expect(beside.lane).toBe(2)
      await store.finish(first, [])
      const second = await claimed(store, 'b')
      expect(new Set([first.run, second.run])).toEqual(new Set([lead.run, other.run]))
      for (const each of [beside, second]) await store.finish(each, [])
    })

    test('a lane that is handed back goes to the next worker, and its first owner is fenced', async () => {
      const store = open()
      const lead = await led(store)
      await store.submit(lead, laneOf(lead.run))
      const first = await claimed(store, 'first')
      await store.append(first, [output(1)])
      await store.release(first)
      const heir = await claimed(store, 'heir')
      expect(heir.epoch).toBeGreaterThan(first.epoch)
      expect(heir.events.map(({ seq }) => seq)).toEqual([0, 1])
      expect(await store.append(first, [output(2, 'late')])).toBe(false)
      expect(await store.renew(first)).toBe('lost')
      expect(await store.finish(first, [passed])).toBe(false)
      await store.release(first)
      expect(await store.append(heir, [output(2)])).toBe(true)
      expect(await store.lane(heir)).toMatchObject({ state: 'running', owner: 'heir', count: 3 })
      await store.finish(heir, [passed])
    })

    test('an owner that is silent for longer than its lease loses the lane', async () => {
      const store = open()
      const lead = await led(store)
      await store.submit(lead, laneOf(lead.run))
      const first = await claimed(store, 'silent')
      const heir = await claimed(store, 'heir')
      expect(heir).toMatchObject({ run: lead.run, lane: 1 })
      expect(await store.append(first, [output(1)])).toBe(false)
      expect(await store.renew(first)).toBe('lost')
      await store.finish(heir, [])
    }, 40_000)

    test('an owner that renews its lease keeps the lane', async () => {
      const store = open()
      const lead = await led(store)
      await store.submit(lead, laneOf(lead.run))
      const claim = await claimed(store, 'worker')
      const renewing = setInterval(() => void store.renew(claim), store.leaseMs / 4)
      const other = store.claim('other', AbortSignal.timeout(store.leaseMs * 1.5))
      expect(await other).toBeUndefined()
      clearInterval(renewing)
      expect(await store.append(claim, [output(1)])).toBe(true)
      await store.finish(claim, [])
    }, 40_000)

    test('cancelling ends what waits and tells the owner of what runs', async () => {
      const store = open()
      const lead = await led(store)
      await store.submit(lead, laneOf(lead.run, 1))
      const claim = await claimed(store, 'worker')
      await store.submit(lead, laneOf(lead.run, 2))
      await store.cancel(lead.run)
      expect(await store.renew(claim)).toBe('cancelled')
      expect(await store.lane({ run: lead.run, lane: 2 })).toMatchObject({
        state: 'ended',
        ends: [],
      })
      await store.finish(claim, [])
      expect(await nothing(store)).toBeUndefined()
    })

    test('a lane that has ended can be submitted again, and goes on where its events end', async () => {
      const store = open()
      const lead = await led(store)
      await store.submit(lead, laneOf(lead.run))
      expect(await store.submit(lead, laneOf(lead.run))).toBe(false)
      const first = await claimed(store, 'a')
      await store.append(first, [output(1)])
      await store.finish(first, [])
      expect(await store.submit(lead, laneOf(lead.run))).toBe(true)
      const again = await claimed(store, 'b')
      expect(again.events.map(({ kind }) => kind)).toEqual(['run-started', 'output', 'run-started'])
      expect(again.nextSeq).toBe(3)
      expect(await store.append(first, [output(3)])).toBe(false)
      await store.finish(again, [])
    })

    test('one coordinator at a time leads a run, and one that was replaced submits nothing', async () => {
      const store = open()
      const first = await led(store)
      expect(await store.lead(first.run, 'other')).toBeUndefined()
      const again = await store.lead(first.run, 'coordinator')
      expect(await store.submit(first, laneOf(first.run))).toBe(false)
      expect(await store.append(first, [output(0)])).toBe(false)
      if (!again) throw new Error('its own coordinator may lead it again')
      await store.finish(again, [])
      expect(await store.lead(first.run, 'other')).toBeDefined()
    })

    test('the history of a run has its events in one order, without holes', async () => {
      const store = open()
      const lead = await led(store)
      await store.append(lead, [{ ...started, seq: 0 }])
      await store.submit(lead, laneOf(lead.run))
      const claim = await claimed(store, 'worker')
      await store.append(claim, [output(1), output(2)])
      await store.finish(claim, [])
      await store.append(lead, [output(1, 'end')])
      const history = journalOf(await store.history(lead.run))
      expect(history.map(({ seq }) => seq)).toEqual([0, 1, 2, 3])
      expect(history.map(({ kind }) => kind)).toEqual(['run-started', 'output', 'output', 'output'])
    })

    test('runs are listed with their lanes, the newest first', async () => {
      const store = open()
      const lead = await led(store)
      await store.submit(lead, laneOf(lead.run))
      const [newest] = await store.runs(1)
      expect(newest).toMatchObject({ run: lead.run, by: 'me@here', request: { pages: ['a.md'] } })
      expect(newest?.lanes.map(({ lane, state }) => [lane, state])).toEqual([
        [0, 'running'],
        [1, 'waiting'],
      ])
      expect(await store.run(lead.run)).toEqual(newest)
      expect(await store.run('none')).toBeUndefined()
      await store.cancel(lead.run)
    })

    test('pages are stored once, by their hash', async () => {
      const store = open()
      const pages = new Map([['h', "# '); drop table runbook.pages; --\n"]])
      await store.putPages(pages)
      await store.putPages(pages)
      expect(await store.pages(['h'])).toEqual(pages)
      await expect(store.pages(['other'])).rejects.toThrow('other')
    })
  })
}

contract('in memory', () => new MemoryStore(2000))

describe('PostgreSQL', () => {
  let postgres: Postgres
  let store: LaneStore | undefined
  let sqlOfNew = ''
  let beforeInit: unknown
  const open = (): LaneStore => {
    if (!store) throw new Error('the database is not open')
    return store
  }
  beforeAll(async () => {
    postgres = startPostgres()
    sqlOfNew = await installSql(postgres.url)
    const opening = openStore(postgres.url, { supervises: false })
    beforeInit = await opening.then(() => '', reasonOf)
    await installFleet(postgres.url, 10)
    store = await openStore(postgres.url, { supervises: true })
  })
  afterAll(async () => {
    await store?.close()
    postgres.stop()
  })

  contract('in PostgreSQL', open)

  test('a restart of the database loses and repeats nothing', async () => {
    const lead = await led(open())
    await open().submit(lead, laneOf(lead.run))
    const claim = await claimed(open(), 'worker')
    const appending = (async () => {
      for (let seq = 1; seq <= 200; seq++) {
        if (!(await open().append(claim, [output(seq)]))) throw new Error('the claim was lost')
      }
    })()
    postgres.restart()
    await appending
    const seqs: number[] = []
    await open().finish(claim, [])
    for await (const news of open().follow(claim, 1, never))
      if (news.kind === 'events') seqs.push(...news.events.map(({ seq }) => seq))
    expect(seqs).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
  })

  test('tables are created once, and again changes only the lease', async () => {
    expect(await installFleet(postgres.url, 10)).toEqual({ from: 1, to: 1 })
  })

  test('a database without the tables is refused', () => {
    expect(beforeInit).toMatchObject({ en: 'the database has no tables of runbook' })
  })

  test('the SQL to come is shown, and none once all is there', async () => {
    expect(sqlOfNew).toContain('create table runbook.lanes')
    expect(sqlOfNew).toContain('runbook_queue')
    expect(await installSql(postgres.url)).toBe('')
  })
})
