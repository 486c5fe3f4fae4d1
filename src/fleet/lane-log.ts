/**
 * Writes the events of one owner of a lane. What a command needs is stored before it is sent; output
 * follows in batches. An output is stored up to a limit, beyond it only its head and tail.
 */

import type { RunEvent, StampedEvent } from '../model/run-event.ts'
import { KeptOutput } from '../run/kept-output.ts'
import { FleetError } from './fleet-error.ts'
import type { LaneLease } from './lane-lease.ts'
import type { LaneStore } from './lane-store.ts'
import { messages } from './messages.ts'

type Output = RunEvent & { readonly kind: 'output' }

const flushEveryMs = 100
const maxWaiting = 200

export class LaneLog {
  readonly #store: LaneStore
  readonly #lease: LaneLease
  readonly #long = new Map<string, { readonly kept: KeptOutput; last: Output }>()
  #nextSeq: number
  #waiting: StampedEvent[] = []
  #writing: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined

  constructor(store: LaneStore, lease: LaneLease) {
    this.#store = store
    this.#lease = lease
    this.#nextSeq = lease.claim.nextSeq
  }

  /** @throws {FleetError} If the claim is lost, also for an earlier event. */
  async add(event: RunEvent): Promise<void> {
    for (const each of event.kind === 'output' ? this.#cut(event) : this.#rest(event))
      this.#waiting.push({ ...each, v: 1, seq: this.#nextSeq++, at: new Date().toISOString() })
    const isAwaited = /^(?:command|step|host)-/.test(event.kind) || event.kind === 'run-ended'
    if (isAwaited || this.#waiting.length >= maxWaiting) await this.flush()
    else this.#timer ??= setTimeout(() => void this.flush().catch(() => {}), flushEveryMs)
  }

  /** @throws {FleetError} If the claim is lost. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const events = this.#waiting
    this.#waiting = []
    this.#writing = this.#writing.then(() => this.#write(events))
    // Whoever adds the next event gets the error.
    this.#writing.catch(() => {})
    return this.#writing
  }

  async #write(events: readonly StampedEvent[]): Promise<void> {
    const isHeld = this.#lease.isHeld()
    const isWritten =
      isHeld && (events.length === 0 || (await this.#store.append(this.#lease.claim, events)))
    if (isWritten) return
    this.#lease.lose()
    throw new FleetError(messages.claimLost)
  }

  /** The part of an output that its limit leaves. */
  #cut(event: Output): readonly RunEvent[] {
    const key = `${event.step} ${event.host} ${event.index} ${event.stream}`
    const long = this.#long.get(key) ?? { kept: new KeptOutput(), last: event }
    this.#long.set(key, long)
    long.last = event
    const { head, rest } = long.kept.push(event.text)
    return head !== '' || rest === '' ? [{ ...event, text: head }] : []
  }

  /** Tails of the outputs that end before this event. */
  #rest(event: RunEvent): readonly RunEvent[] {
    if (!('step' in event)) return [event]
    const tails: RunEvent[] = []
    for (const [key, { kept, last }] of this.#long) {
      if (last.step !== event.step || last.host !== event.host) continue
      this.#long.delete(key)
      if (kept.tail === '') continue
      tails.push({
        ...last,
        text: kept.tail,
        ...(kept.truncated ? { truncated: true as const } : {}),
      })
    }
    return [...tails, event]
  }
}
