/**
 * The timers of one command: timeout, idle timeout, how long a terminal must be quiet before a prompt
 * is answered, and the grace period for the host to confirm a kill.
 *
 * `arm` starts the first two, when output is awaited: most commands have ended before that.
 */

/** `silence` rings once per idle period, `answer` once per `settle`, all others once. */
export type Alarm = 'timeout' | 'silence' | 'cancelled' | 'too-much' | 'answer' | 'given-up'

export interface CommandTimes {
  readonly timeoutMs: number
  /** Idle timeout; 0 disables it. */
  readonly waitingMs: number
}

const settleMs = 40
/** Grace period for the host to confirm a kill: renewed by output, up to a limit in all. */
const confirmMs = 10_000
const maxConfirmMs = 180_000

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

  /** Starts the timeout, counted from the command's start, and the idle timeout. */
  arm(): void {
    const { timeoutMs, waitingMs } = this.#times
    this.#limit ??= this.#in(this.#startMs + timeoutMs - performance.now(), 'timeout')
    if (waitingMs > 0 && !this.#silence) this.#listen()
  }

  /** Restarts the idle timeout: the command has printed. */
  hear(): void {
    this.#heardMs = performance.now()
    if (!this.#isSilent) return
    this.#isSilent = false
    this.#listen()
  }

  /** Rings `answer` when the terminal has been quiet for a moment. Call it again after output. */
  settle(): void {
    clearTimeout(this.#settled)
    this.#settled = this.#in(settleMs, 'answer')
  }

  /** Rings `given-up` if the host does not confirm a kill in time. Call it again after output. */
  awaitLastWord(): void {
    clearTimeout(this.#lastWord)
    // The command's backlog arrives before the confirmation.
    this.#lastWordUntil ??= performance.now() + maxConfirmMs
    const leftMs = this.#lastWordUntil - performance.now()
    this.#lastWord = this.#in(Math.min(confirmMs, leftMs), 'given-up')
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
