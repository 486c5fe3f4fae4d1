/** A `LaneStore` in memory, with the same contract as the one in PostgreSQL. */

import type { StampedEvent } from '../../src/model/run-event.ts'
import type { StepEnd } from '../../src/run/step-end.ts'
import type {
  Claim,
  Hold,
  LaneClaim,
  LaneEvent,
  LaneId,
  LaneNews,
  LaneRow,
  LaneStatus,
  LaneStore,
  NewLane,
  NewRun,
  StoredRun,
} from '../../src/fleet/lane-store.ts'
import { Waker } from '../../src/fleet/waker.ts'

interface Lane extends LaneRow {
  state: LaneRow['state']
  owner: string | undefined
  epoch: number
  key: string
  order: unknown
  ends: readonly StepEnd[]
  renewedMs: number
  readonly events: StampedEvent[]
}

interface Run extends NewRun {
  readonly at: string
  isCancelled: boolean
  readonly lanes: Map<number, Lane>
  /** All events, in the order in which they were stored. */
  readonly log: LaneEvent[]
}

export class MemoryStore implements LaneStore {
  readonly leaseMs: number
  readonly #runs = new Map<string, Run>()
  readonly #pages = new Map<string, string>()
  readonly #wakers = new Set<Waker>()

  constructor(leaseMs: number) {
    this.leaseMs = leaseMs
  }

  async createRun(run: NewRun): Promise<void> {
    if (this.#runs.has(run.run)) return
    const lanes = new Map([[0, newLane({ run: run.run, lane: 0 })]])
    const at = new Date().toISOString()
    this.#runs.set(run.run, { ...run, at, isCancelled: false, lanes, log: [] })
  }

  async runs(limit: number): Promise<readonly StoredRun[]> {
    return [...this.#runs.values()].toReversed().slice(0, limit).map(stored)
  }

  async run(run: string): Promise<StoredRun | undefined> {
    const found = this.#runs.get(run)
    return found && stored(found)
  }

  async history(run: string): Promise<readonly LaneEvent[]> {
    return [...(this.#runs.get(run)?.log ?? [])]
  }

  async putPages(pages: ReadonlyMap<string, string>): Promise<void> {
    for (const [hash, text] of pages) this.#pages.set(hash, text)
  }

  async pages(hashes: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return new Map(
      hashes.map((hash) => {
        const text = this.#pages.get(hash)
        if (text === undefined) throw new Error(`no page ${hash}`)
        return [hash, text]
      }),
    )
  }

  async lead(run: string, owner: string): Promise<Claim | undefined> {
    const lane = this.#laneOf({ run, lane: 0 })
    const isAlive = lane.state === 'running' && Date.now() - lane.renewedMs < this.leaseMs
    if (isAlive && lane.owner !== owner) return undefined
    const found = this.#runs.get(run)
    if (found) found.isCancelled = false
    return own(lane, owner)
  }

  async submit(lead: Claim, { run, lane, host, key, order, started }: NewLane): Promise<boolean> {
    if (!this.#isHeld(lead)) return false
    const lanes = this.#runs.get(run)?.lanes
    const before = lanes?.get(lane)
    if (before && before.state !== 'ended') return false
    const next = before ?? newLane({ run, lane })
    lanes?.set(lane, next)
    Object.assign(next, { host, key, order, state: 'waiting', owner: undefined, ends: [] })
    next.epoch += before ? 1 : 0
    this.#add(next, [{ ...started, seq: next.events.length }])
    return true
  }

  async cancel(run: string): Promise<void> {
    const found = this.#runs.get(run)
    if (!found) return
    found.isCancelled = true
    for (const lane of found.lanes.values())
      if (lane.state === 'waiting' && lane.lane !== 0) lane.state = 'ended'
    this.#wake()
  }

  async lane(id: LaneId): Promise<LaneStatus | undefined> {
    const lane = this.#runs.get(id.run)?.lanes.get(id.lane)
    return lane && { ...lane, count: lane.events.length }
  }

  async *follow(id: LaneId, fromSeq: number, signal: AbortSignal): AsyncIterable<LaneNews> {
    const waker = this.#waker(signal)
    for (let seq = fromSeq; !signal.aborted;) {
      const lane = this.#laneOf(id)
      const events = lane.events.slice(seq)
      const { state, ends } = lane
      seq += events.length
      if (events.length > 0) yield { kind: 'events', events }
      if (state === 'ended') {
        yield { kind: 'ended', ends }
        return
      }
      await waker.wait(1000)
    }
  }

  async claim(owner: string, signal: AbortSignal): Promise<LaneClaim | undefined> {
    const waker = this.#waker(signal)
    while (!signal.aborted) {
      const lanes = [...this.#runs.values()].flatMap((run) => [...run.lanes.values()].slice(1))
      const isOver = ({ renewedMs }: Lane) => Date.now() - renewedMs > this.leaseMs
      const busy = new Set(
        lanes.flatMap((each) => (each.state === 'running' && !isOver(each) ? [each.key] : [])),
      )
      const free = lanes.find(
        (each) =>
          !busy.has(each.key) &&
          (each.state === 'waiting' || (each.state === 'running' && isOver(each))),
      )
      if (free) {
        const { host, order, events } = free
        return { ...own(free, owner), host, order, events: [...events] }
      }
      await waker.wait(50)
    }
    return undefined
  }

  async renew(claim: Claim): Promise<Hold> {
    if (!this.#isHeld(claim)) return 'lost'
    this.#laneOf(claim).renewedMs = Date.now()
    return this.#runs.get(claim.run)?.isCancelled ? 'cancelled' : 'held'
  }

  async append(claim: Claim, events: readonly StampedEvent[]): Promise<boolean> {
    if (!this.#isHeld(claim)) return false
    const lane = this.#laneOf(claim)
    this.#add(
      lane,
      events.filter(({ seq }) => seq >= lane.events.length),
    )
    return true
  }

  async finish(claim: Claim, ends: readonly StepEnd[]): Promise<boolean> {
    if (!this.#isHeld(claim)) return false
    Object.assign(this.#laneOf(claim), { state: 'ended', ends })
    this.#wake()
    return true
  }

  async release(claim: Claim): Promise<void> {
    if (!this.#isHeld(claim)) return
    const lane = this.#laneOf(claim)
    Object.assign(lane, { state: 'waiting', owner: undefined, epoch: lane.epoch + 1 })
    this.#wake()
  }

  async close(): Promise<void> {
    this.#wake()
  }

  #laneOf({ run, lane }: LaneId): Lane {
    const found = this.#runs.get(run)?.lanes.get(lane)
    if (!found) throw new Error(`no lane ${run} ${lane}`)
    return found
  }

  #isHeld(claim: Claim): boolean {
    const { epoch, state } = this.#laneOf(claim)
    return epoch === claim.epoch && state === 'running'
  }

  #add(lane: Lane, events: readonly StampedEvent[]): void {
    lane.events.push(...events)
    this.#runs.get(lane.run)?.log.push(...events.map((event) => ({ lane: lane.lane, event })))
    this.#wake()
  }

  #waker(signal: AbortSignal): Waker {
    const waker = new Waker(signal)
    this.#wakers.add(waker)
    return waker
  }

  #wake(): void {
    for (const waker of this.#wakers) waker.wake()
  }
}

function own(lane: Lane, owner: string): Claim {
  Object.assign(lane, { owner, state: 'running', epoch: lane.epoch + 1, renewedMs: Date.now() })
  const { run, epoch, events } = lane
  return { run, lane: lane.lane, epoch, nextSeq: events.length }
}

function newLane({ run, lane }: LaneId): Lane {
  return {
    run,
    lane,
    host: '',
    key: '',
    order: undefined,
    state: 'waiting',
    owner: undefined,
    epoch: 0,
    ends: [],
    renewedMs: 0,
    events: [],
  }
}

function stored({ run, by, request, at, isCancelled, lanes }: Run): StoredRun {
  const rows = [...lanes.values()].map(({ lane, host, state, owner, epoch }) => ({
    run,
    lane,
    host,
    state,
    owner,
    epoch,
  }))
  return { run, by, request, at, isCancelled, lanes: rows }
}
