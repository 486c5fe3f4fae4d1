import { setTimeout as sleep } from 'node:timers/promises'

/** Waits for a call of `wake`, also one before the wait began. */
export class Waker {
  readonly #signal: AbortSignal
  #isAwake = false
  #waking: AbortController | undefined

  /** @param signal - Ends every wait. */
  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  wake(): void {
    this.#isAwake = true
    this.#waking?.abort()
  }

  async wait(ms: number): Promise<void> {
    if (!this.#isAwake && !this.#signal.aborted) {
      this.#waking = new AbortController()
      const signal = AbortSignal.any([this.#signal, this.#waking.signal])
      await sleep(ms, undefined, { signal }).catch(() => {})
    }
    this.#isAwake = false
  }
}
