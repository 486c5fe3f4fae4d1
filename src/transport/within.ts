/**
 * Waits for `promise` up to a time limit; every wait for a host uses this.
 *
 * @param late - Called at the limit: throws the error, or returns the value to use.
 */
export async function within<T>(
  promise: Promise<T>,
  ms: number,
  late: () => T | Error,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const end = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, ms, 'late')
  })
  // After the limit, a later rejection is ignored.
  promise.catch(() => {})
  const first = await Promise.race([promise.then((value) => ({ value })), end]).finally(() =>
    clearTimeout(timer),
  )
  if (first !== 'late') return first.value
  const value = late()
  if (value instanceof Error) throw value
  return value
}

export interface TimeLimit {
  readonly signal: AbortSignal
  /** To be called when nobody looks at the signal any more. */
  readonly stop: () => void
}

/**
 * A signal that aborts with another one, or once its time is over.
 *
 * Not `AbortSignal.any` with `AbortSignal.timeout`: Node 20 may collect the latter as garbage before
 * it fires, and does not stay awake for it.
 */
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
