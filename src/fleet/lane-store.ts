/**
 * Everything that the processes of a run over workers share: lanes, their events, who owns them.
 *
 * An owner holds a claim with the lane's epoch, which each new owner increments. The store accepts
 * writes only for the current epoch, so an owner that lost its claim writes nothing more. Secrets are
 * never part of what a store receives.
 */

import type { StampedEvent } from '../model/run-event.ts'
import type { StepEnd } from '../run/step-end.ts'

/** The coordinator's own lane, for events of the whole run. The lanes of hosts count from 1. */
export const coordinatorLane = 0

export interface LaneId {
  readonly run: string
  readonly lane: number
}

export interface NewRun {
  readonly run: string
  /** Who started it: `USER@HOST`. */
  readonly by: string
  /** JSON: what a coordinator elsewhere needs to continue the run. */
  readonly request: unknown
}

export interface NewLane extends LaneId {
  /** As a person names it. */
  readonly host: string
  /** The host as resolved, `address:port`: at most one lane of a key has an owner. */
  readonly key: string
  /** JSON: what a worker needs to run the lane. */
  readonly order: unknown
  /** Starts the lane's events of this life, numbered by the store: outlines its steps. */
  readonly started: Omit<StampedEvent & { readonly kind: 'run-started' }, 'seq'>
}

/** A lane, or the lead of a run, in the hands of one owner. */
export interface Claim extends LaneId {
  readonly epoch: number
  /** Number of the owner's first event. */
  readonly nextSeq: number
}

export interface LaneClaim extends Claim {
  readonly host: string
  readonly order: unknown
  /** What earlier owners did. */
  readonly events: readonly StampedEvent[]
}

/** `cancelled`: still held, but the run is to be stopped. `lost`: somebody else owns it. */
export type Hold = 'held' | 'cancelled' | 'lost'

export type LaneState = 'waiting' | 'running' | 'ended'

export interface LaneStatus {
  readonly state: LaneState
  readonly owner: string | undefined
  readonly order: unknown
  /** Only of an ended lane. */
  readonly ends: readonly StepEnd[]
  /** Number of its events. */
  readonly count: number
}

export interface LaneRow extends LaneId, Pick<LaneStatus, 'state' | 'owner'> {
  readonly host: string
  readonly epoch: number
}

export interface LaneEvent {
  readonly lane: number
  readonly event: StampedEvent
}

export type LaneNews =
  | { readonly kind: 'events'; readonly events: readonly StampedEvent[] }
  /** The last one. */
  | { readonly kind: 'ended'; readonly ends: readonly StepEnd[] }

export interface StoredRun extends NewRun {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly isCancelled: boolean
  readonly lanes: readonly LaneRow[]
}

export interface LaneStore {
  /** How long an owner may be silent before another takes its lane. */
  readonly leaseMs: number

  createRun(run: NewRun): Promise<void>
  /** The newest first. */
  runs(limit: number): Promise<readonly StoredRun[]>
  run(run: string): Promise<StoredRun | undefined>
  /** All events of a run, in an order in which causes precede effects. */
  history(run: string): Promise<readonly LaneEvent[]>
  /** Stores pages under the hash of their text. */
  putPages(pages: ReadonlyMap<string, string>): Promise<void>
  /** @throws If a page is missing. */
  pages(hashes: readonly string[]): Promise<ReadonlyMap<string, string>>

  /**
   * Makes a process the coordinator of a run and ends an earlier cancellation.
   *
   * @returns `undefined` while another coordinator is alive.
   */
  lead(run: string, owner: string): Promise<Claim | undefined>
  /**
   * Queues a lane, or queues it again after it ended.
   *
   * @returns False if the lead is lost, or the lane has not ended yet.
   */
  submit(lead: Claim, lane: NewLane): Promise<boolean>
  /** Ends waiting lanes; their owners stop running ones. */
  cancel(run: string): Promise<void>
  lane(id: LaneId): Promise<LaneStatus | undefined>
  /** A lane's events from a number on, as they come, until it ends or `signal` aborts. */
  follow(id: LaneId, fromSeq: number, signal: AbortSignal): AsyncIterable<LaneNews>

  /** Waits for a lane and takes it; `undefined` once `signal` aborts. */
  claim(owner: string, signal: AbortSignal): Promise<LaneClaim | undefined>
  /** Extends the lease. */
  renew(claim: Claim): Promise<Hold>
  /**
   * Appends events with consecutive numbers. Appending the same ones again changes nothing.
   *
   * @returns False if the claim is lost.
   */
  append(claim: Claim, events: readonly StampedEvent[]): Promise<boolean>
  /** @returns False if the claim is lost. */
  finish(claim: Claim, ends: readonly StepEnd[]): Promise<boolean>
  /** Hands a lane back, for the next worker. */
  release(claim: Claim): Promise<void>

  close(): Promise<void>
}

/** A run's journal out of its history: without the lanes' own outlines, numbered from 0. */
export function journalOf(history: readonly LaneEvent[]): readonly StampedEvent[] {
  return history
    .filter(({ lane, event }) => lane === coordinatorLane || event.kind !== 'run-started')
    .map(({ event }, seq) => ({ ...event, seq }))
}
