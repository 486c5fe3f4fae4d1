/**
 * A signal that aborts with another one, or once its time is over.
 *
 * Not `AbortSignal.any` with `AbortSignal.timeout`: Node 20 may collect the latter as garbage before
 * it fires, and does not stay awake for it.
 */
export interface TimeLimit {
  readonly signal: AbortSignal
  /** To be called when nobody looks at the signal any more. */
  readonly stop: () => void
}

export function timeLimit(ms: number, signal: AbortSignal): TimeLimit {
  const controller = new AbortController()
  const abort = (): void => controller.abort()
  const timer = setTimeout(abort, ms)
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort)
  return {
    signal: controller.signal,
    stop() {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    },
  }
}
