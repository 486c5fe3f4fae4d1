/**
 * An owner's right to a lane, renewed while it lasts. It ends by this computer's clock before the store
 * gives the lane to another, also if this process was stopped or the database cannot be reached.
 */

import { setTimeout as sleep } from 'node:timers/promises'
import type { Claim, LaneStore } from './lane-store.ts'

/** Part of the lease after which it counts as over here. */
const usable = 0.8

export class LaneLease {
  readonly claim: Claim
  readonly #store: LaneStore
  readonly #lost = new AbortController()
  readonly #cancelled = new AbortController()
  readonly #closed = new AbortController()
  readonly #renewing: Promise<void>
  #heldUntilMs: number

  constructor(store: LaneStore, claim: Claim) {
    this.#store = store
    this.claim = claim
    this.#heldUntilMs = performance.now() + (store.leaseMs * usable) / 2
    this.#renewing = this.#renew()
    void this.#watch()
  }

  /** Aborts when another may own the lane. */
  get lost(): AbortSignal {
    return this.#lost.signal
  }

  /** Aborts when the run is to be stopped. */
  get cancelled(): AbortSignal {
    return this.#cancelled.signal
  }

  isHeld = (): boolean => {
    if (performance.now() >= this.#heldUntilMs) this.lose()
    return !this.#lost.signal.aborted
  }

  lose(): void {
    if (!this.#lost.signal.aborted) this.#lost.abort()
  }

  /** Ends the renewals; the claim itself stays as it is. */
  async close(): Promise<void> {
    this.#closed.abort()
    await Promise.race([this.#renewing, sleep(2000)])
  }

  async #renew(): Promise<void> {
    const signal = AbortSignal.any([this.#closed.signal, this.#lost.signal])
    while (!signal.aborted) {
      const askedAtMs = performance.now()
      const hold = await this.#store.renew(this.claim).catch(() => undefined)
      if (signal.aborted) return
      if (hold === 'lost') this.lose()
      if (hold === 'cancelled') this.#cancelled.abort()
      // A lease that ended while the answer was on its way stays ended.
      if (hold !== undefined && this.isHeld())
        this.#heldUntilMs = askedAtMs + this.#store.leaseMs * usable
      const everyMs = Math.min(this.#store.leaseMs / 5, 2000)
      await sleep(everyMs, undefined, { signal }).catch(() => {})
    }
  }

  async #watch(): Promise<void> {
    const signal = AbortSignal.any([this.#closed.signal, this.#lost.signal])
    while (!signal.aborted && this.isHeld()) {
      const leftMs = Math.max(this.#heldUntilMs - performance.now(), 1)
      await sleep(leftMs, undefined, { signal }).catch(() => {})
    }
  }
}
