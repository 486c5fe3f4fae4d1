/**
 * The lanes of runs in PostgreSQL. Each operation is one statement or one transaction, so that a restart
 * of the database leaves each either done or not begun. Values are always parameters.
 */

import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { StampedEvent } from '../model/run-event.ts'
import type { StepEnd } from '../run/step-end.ts'
import type { Database } from './database.ts'
import type { LaneQueue } from './lane-queue.ts'
import {
  type Claim,
  coordinatorLane,
  type Hold,
  type LaneClaim,
  type LaneEvent,
  type LaneId,
  type LaneNews,
  type LaneStatus,
  type LaneStore,
  type NewLane,
  type NewRun,
  type StoredRun,
} from './lane-store.ts'
import { readEvents, readLaneRow, readStatus, storedRuns } from './rows.ts'
import { Waker } from './waker.ts'

/** The first poll after a missed notification. */
const pollMs = 500
const followMs = 5000
const pageSize = 500

/** The notification that a lane waits. */
const laneWaits = 'lane'

export class PostgresStore implements LaneStore {
  readonly leaseMs: number
  readonly #database: Database
  readonly #queue: LaneQueue

  constructor(database: Database, queue: LaneQueue, leaseMs: number) {
    this.#database = database
    this.#queue = queue
    this.leaseMs = leaseMs
  }

  async createRun({ run, by, request }: NewRun): Promise<void> {
    await this.#database.transaction(async (client) => {
      await client.query(
        `insert into runbook.runs (run, started_by, request) values ($1, $2, $3)
         on conflict (run) do nothing`,
        [run, by, JSON.stringify(request)],
      )
      await client.query(
        `insert into runbook.lanes (run, lane, host, key, state) values ($1, $2, '', '', 'waiting')
         on conflict do nothing`,
        [run, coordinatorLane],
      )
    })
  }

  async runs(limit: number): Promise<readonly StoredRun[]> {
    return storedRuns(
      await this.#database.query(
        `${runsQuery} where r.run in (select run from runbook.runs order by at desc limit $1)
         order by r.at desc, l.lane`,
        [limit],
      ),
    )
  }

  async run(run: string): Promise<StoredRun | undefined> {
    const rows = await this.#database.query(`${runsQuery} where r.run = $1 order by l.lane`, [run])
    return storedRuns(rows)[0]
  }

  async history(run: string): Promise<readonly LaneEvent[]> {
    const rows = await this.#database.query(
      'select lane, body from runbook.events where run = $1 order by id',
      [run],
    )
    const events = readEvents(rows)
    return events.map((event, index) => ({ lane: Number(rows[index]?.['lane']), event }))
  }

  async putPages(pages: ReadonlyMap<string, string>): Promise<void> {
    await this.#database.query(
      `insert into runbook.pages (hash, text) select * from unnest($1::text[], $2::text[])
       on conflict do nothing`,
      [[...pages.keys()], [...pages.values()]],
    )
  }

  async pages(hashes: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#database.query(
      'select hash, text from runbook.pages where hash = any ($1)',
      [hashes],
    )
    const found = new Map(rows.map(({ hash, text }) => [String(hash), String(text)]))
    const missing = hashes.find((hash) => !found.has(hash))
    if (missing !== undefined) throw new Error(`unreachable: no page ${missing} in the database`)
    return found
  }

  async lead(run: string, owner: string): Promise<Claim | undefined> {
    return this.#database.transaction(async (client) => {
      const { rows } = await client.query(
        `update runbook.lanes
         set epoch = epoch + 1, owner = $3, state = 'running', renewed = now()
         where run = $1 and lane = $2
           and (state <> 'running' or owner = $3 or renewed < now() - make_interval(secs => $4))
         returning epoch`,
        [run, coordinatorLane, owner, this.leaseMs / 1000],
      )
      const [row] = rows
      if (!row) return undefined
      await client.query('update runbook.runs set cancelled = false where run = $1', [run])
      const nextSeq = await countOf(client, { run, lane: coordinatorLane })
      return { run, lane: coordinatorLane, epoch: Number(row.epoch), nextSeq }
    })
  }

  async submit(lead: Claim, { run, lane, host, key, order, started }: NewLane): Promise<boolean> {
    return this.#database.transaction(async (client) => {
      if (!(await isHeld(client, lead))) return false
      const job = randomUUID()
      const { rows } = await client.query(
        `insert into runbook.lanes as l (run, lane, host, key, state, job, task)
         values ($1, $2, $3, $4, 'waiting', $5, $6)
         on conflict (run, lane) do update
         set host = $3, key = $4, state = 'waiting', job = $5, task = $6, ends = null,
             owner = null, epoch = l.epoch + 1
         where l.state = 'ended'
         returning lane`,
        [run, lane, host, key, job, JSON.stringify(order)],
      )
      if (rows.length === 0) return false
      const seq = await countOf(client, { run, lane })
      await client.query(insertEventsSql, [...eventValues({ run, lane }, [{ ...started, seq }])])
      await client.query(notify, [nameOf({ run, lane })])
      await this.#queue.add(client, job, { run, lane }, key)
      await client.query(notify, [laneWaits])
      return true
    })
  }

  async cancel(run: string): Promise<void> {
    await this.#database.transaction(async (client) => {
      await client.query('update runbook.runs set cancelled = true where run = $1', [run])
      const { rows } = await client.query(
        `update runbook.lanes set state = 'ended', ends = '[]'
         where run = $1 and lane <> $2 and state = 'waiting' returning job`,
        [run, coordinatorLane],
      )
      for (const { job } of rows) await this.#queue.complete(client, String(job))
      await client.query(notify, [run])
    })
  }

  async lane({ run, lane }: LaneId): Promise<LaneStatus | undefined> {
    const [row] = await this.#database.query(
      `select state, owner, task, ends, (select count(*)::int from runbook.events e
         where e.run = l.run and e.lane = l.lane) as count
       from runbook.lanes l where run = $1 and lane = $2`,
      [run, lane],
    )
    return row && readStatus(row)
  }

  async *follow(id: LaneId, fromSeq: number, signal: AbortSignal): AsyncIterable<LaneNews> {
    const waker = new Waker(signal)
    const stop = this.#database.listen((payload) => {
      if (payload === '' || payload === id.run || payload === nameOf(id)) waker.wake()
    })
    try {
      for (let seq = fromSeq; !signal.aborted;) {
        // State and events in one snapshot: an ended lane has no later ones.
        const rows = await this.#database.query(
          `select l.state, l.ends, e.body from runbook.lanes l left join lateral (
             select seq, body from runbook.events
             where run = l.run and lane = l.lane and seq >= $3 order by seq limit ${pageSize}
           ) e on true where l.run = $1 and l.lane = $2 order by e.seq`,
          [id.run, id.lane, seq],
        )
        const events = readEvents(rows)
        seq += events.length
        if (events.length > 0) yield { kind: 'events', events }
        if (events.length === pageSize) continue
        const [row] = rows
        if (row?.['state'] === 'ended') {
          yield { kind: 'ended', ends: readStatus(row).ends }
          return
        }
        await waker.wait(followMs)
      }
    } finally {
      stop()
    }
  }

  async claim(owner: string, signal: AbortSignal): Promise<LaneClaim | undefined> {
    const waker = new Waker(signal)
    const stop = this.#database.listen((payload) => {
      if (payload === '' || payload === laneWaits) waker.wake()
    })
    try {
      while (!signal.aborted) {
        const taken = await this.#database
          .transaction((client) => this.#take(client, owner))
          .catch(takenByOther)
        if (taken === 'none') await waker.wait(pollMs)
        else if (taken !== 'again') return taken
      }
      return undefined
    } finally {
      stop()
    }
  }

  async renew({ run, lane, epoch }: Claim): Promise<Hold> {
    const [row] = await this.#database.query(
      `update runbook.lanes l set renewed = now() from runbook.runs r
       where l.run = $1 and l.lane = $2 and l.epoch = $3 and l.state = 'running' and r.run = l.run
       returning l.job, r.cancelled`,
      [run, lane, epoch],
    )
    if (!row) return 'lost'
    if (typeof row['job'] === 'string') await this.#queue.keep(row['job'])
    return row['cancelled'] === true ? 'cancelled' : 'held'
  }

  async append({ run, lane, epoch }: Claim, events: readonly StampedEvent[]): Promise<boolean> {
    const [row] = await this.#database.query(
      `with held as (
         select 1 from runbook.lanes
         where run = $1 and lane = $2 and epoch = $8 and state = 'running' for share
       ), added as (
         ${insertEventsSql} where exists (select 1 from held)
         order by e.place on conflict do nothing returning seq
       )
       select (select count(*)::int from held) as held, (select count(*)::int from added) as added,
         pg_notify('runbook', $7)`,
      [...eventValues({ run, lane }, events), nameOf({ run, lane }), epoch],
    )
    return row?.['held'] === 1
  }

  async finish({ run, lane, epoch }: Claim, ends: readonly StepEnd[]): Promise<boolean> {
    return this.#database.transaction(async (client) => {
      const { rows } = await client.query(
        `update runbook.lanes set state = 'ended', ends = $4
         where run = $1 and lane = $2 and epoch = $3 returning job`,
        [run, lane, epoch, JSON.stringify(ends)],
      )
      const [row] = rows
      if (!row) return false
      if (row.job !== null) await this.#queue.complete(client, String(row.job))
      await client.query(notify, [nameOf({ run, lane })])
      // The next lane of this host may be waiting.
      await client.query(notify, [laneWaits])
      return true
    })
  }

  async release({ run, lane, epoch }: Claim): Promise<void> {
    await this.#database.transaction(async (client) => {
      const { rows } = await client.query(
        `update runbook.lanes set state = 'waiting', owner = null, epoch = epoch + 1
         where run = $1 and lane = $2 and epoch = $3 and state = 'running' returning job`,
        [run, lane, epoch],
      )
      const [row] = rows
      if (!row) return
      if (row.job !== null) await this.#queue.giveBack(client, String(row.job))
      await client.query(notify, [laneWaits])
    })
  }

  async close(): Promise<void> {
    await this.#queue.close()
    await this.#database.close()
  }

  /** `again`: it was the job of a lane that has ended meanwhile. */
  async #take(client: PoolClient, owner: string): Promise<LaneClaim | 'none' | 'again'> {
    const job = await this.#queue.take(client)
    if (!job) return 'none'
    const { run, lane } = job
    const { rows } = await client.query(
      `update runbook.lanes
       set epoch = epoch + 1, owner = $4, state = 'running', renewed = now()
       where run = $1 and lane = $2 and job = $3 and state <> 'ended'
       returning epoch, host, task`,
      [run, lane, job.job, owner],
    )
    const [row] = rows
    if (!row) {
      await this.#queue.complete(client, job.job)
      return 'again'
    }
    const bodies = await client.query(
      'select body from runbook.events where run = $1 and lane = $2 order by seq',
      [run, lane],
    )
    const events = readEvents(bodies.rows)
    return { run, lane, events, nextSeq: events.length, ...readLaneRow(row) }
  }
}

const notify = `select pg_notify('runbook', $1)`

const runsQuery = `select r.run, r.at, r.started_by, r.request, r.cancelled,
  l.lane, l.host, l.state, l.owner, l.epoch
  from runbook.runs r join runbook.lanes l using (run)`

/** Two workers fetched jobs of the same host at once, and the index of active ones refused one. */
function takenByOther(error: unknown): 'none' {
  if (error instanceof Error && 'code' in error && error.code === '23505') return 'none'
  throw error
}

function nameOf({ run, lane }: LaneId): string {
  return `${run} ${lane}`
}

/** Locks the claim against a new owner until the transaction ends. */
async function isHeld(client: PoolClient, { run, lane, epoch }: Claim): Promise<boolean> {
  const { rows } = await client.query(
    `select 1 from runbook.lanes
     where run = $1 and lane = $2 and epoch = $3 and state = 'running' for share`,
    [run, lane, epoch],
  )
  return rows.length > 0
}

async function countOf(client: PoolClient, { run, lane }: LaneId): Promise<number> {
  const { rows } = await client.query(
    'select count(*)::int as count from runbook.events where run = $1 and lane = $2',
    [run, lane],
  )
  return Number(rows[0]?.count ?? 0)
}

const insertEventsSql = `insert into runbook.events (run, lane, seq, at, kind, body)
  select $1, $2, e.seq, e.at, e.kind, e.body
  from unnest($3::int[], $4::timestamptz[], $5::text[], $6::json[])
    with ordinality as e (seq, at, kind, body, place)`

function eventValues({ run, lane }: LaneId, events: readonly StampedEvent[]): readonly unknown[] {
  return [
    run,
    lane,
    events.map(({ seq }) => seq),
    events.map(({ at }) => at),
    events.map(({ kind }) => kind),
    events.map((event) => JSON.stringify(event)),
  ]
}
