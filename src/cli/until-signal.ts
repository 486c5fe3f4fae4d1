/** Aborts at the first Ctrl-C or TERM, so that a server closes in order; the second one kills. */
export function untilSignal(): AbortSignal {
  const controller = new AbortController()
  process.once('SIGINT', () => controller.abort())
  process.once('SIGTERM', () => controller.abort())
  return controller.signal
}
