/**
 * The two times of a command: how long it may take, and how long it may be silent. Timers are set
 * when somebody waits: most commands have ended by then.
 */

export interface CommandTimes {
  readonly timeoutMs: number
  /** 0: silence is nothing to end a command for. */
  readonly waitingMs: number
}

export interface CommandClock {
  /** Somebody waits from now on. */
  arm(): void
  /** Something was printed. */
  hear(): void
  stop(): void
}

/** @param due - Called once when its time is over, and for each silence that is long enough. */
export function createClock(
  { timeoutMs, waitingMs }: CommandTimes,
  due: (what: 'timeout' | 'silence') => void,
): CommandClock {
  const startMs = performance.now()
  let heardMs = startMs
  let limit: NodeJS.Timeout | undefined
  let silence: NodeJS.Timeout | undefined
  let isSilent = false
  const listen = (): void => {
    const left = heardMs + waitingMs - performance.now()
    silence = setTimeout(() => {
      if (performance.now() < heardMs + waitingMs) return listen()
      isSilent = true
      due('silence')
    }, left)
  }
  return {
    arm() {
      limit ??= setTimeout(() => due('timeout'), startMs + timeoutMs - performance.now())
      if (waitingMs > 0 && !silence) listen()
    },
    hear() {
      heardMs = performance.now()
      if (!isSilent) return
      isSilent = false
      listen()
    },
    stop() {
      clearTimeout(limit)
      clearTimeout(silence)
    },
  }
}
