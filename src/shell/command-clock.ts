/**
 * The times of one command: how long it may take, how long it may be silent, how long a terminal is
 * quiet before a prompt counts as one, and how long a host may take to say that what we ended has
 * ended.
 *
 * The first two are set when somebody waits: most commands have ended by then.
 */

/** `silence` comes for each silence that is long enough, all others once. */
export type Alarm = 'timeout' | 'silence' | 'cancelled' | 'too-much' | 'answer' | 'given-up'

export interface CommandTimes {
  readonly timeoutMs: number
  /** 0: silence is nothing to end a command for. */
  readonly waitingMs: number
}

const settleMs = 40
/** For each of the host's words that it has ended, and for all of them. */
const lastWordMs = 10_000
const lastWordsMs = 180_000

export class CommandClock {
  readonly #times: CommandTimes
  readonly #ring: (alarm: Alarm) => void
  readonly #startMs = performance.now()
  #heardMs = this.#startMs
  #isSilent = false
  #limit: NodeJS.Timeout | undefined
  #silence: NodeJS.Timeout | undefined
  #settled: NodeJS.Timeout | undefined
  #lastWord: NodeJS.Timeout | undefined
  #lastWordUntil: number | undefined

  constructor(times: CommandTimes, ring: (alarm: Alarm) => void) {
    this.#times = times
    this.#ring = ring
  }

  /** Somebody waits from now on. */
  arm(): void {
    const { timeoutMs, waitingMs } = this.#times
    this.#limit ??= this.#in(this.#startMs + timeoutMs - performance.now(), 'timeout')
    if (waitingMs > 0 && !this.#silence) this.#listen()
  }

  /** Something was printed. */
  hear(): void {
    this.#heardMs = performance.now()
    if (!this.#isSilent) return
    this.#isSilent = false
    this.#listen()
  }

  /** Rings `answer` once nothing more is printed. */
  settle(): void {
    clearTimeout(this.#settled)
    this.#settled = this.#in(settleMs, 'answer')
  }

  /** Rings `given-up` where the host says nothing more. To be called again for what it says. */
  awaitLastWord(): void {
    clearTimeout(this.#lastWord)
    // What it has printed by then comes first, however much that is.
    this.#lastWordUntil ??= performance.now() + lastWordsMs
    const leftMs = this.#lastWordUntil - performance.now()
    this.#lastWord = this.#in(Math.min(lastWordMs, leftMs), 'given-up')
  }

  stop(): void {
    for (const timer of [this.#limit, this.#silence, this.#settled, this.#lastWord])
      clearTimeout(timer)
  }

  #in(ms: number, alarm: Alarm): NodeJS.Timeout {
    return setTimeout(() => this.#ring(alarm), ms)
  }

  #listen(): void {
    const { waitingMs } = this.#times
    this.#silence = setTimeout(
      () => {
        if (performance.now() < this.#heardMs + waitingMs) return this.#listen()
        this.#isSilent = true
        this.#ring('silence')
      },
      this.#heardMs + waitingMs - performance.now(),
    )
  }
}
