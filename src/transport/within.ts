/**
 * Waits for `promise`, but no longer than that: every wait for a host has an end.
 *
 * @param late - What it is then: an error is thrown, anything else is the value.
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
  // Who has waited long enough hears no later failure.
  promise.catch(() => {})
  const first = await Promise.race([promise.then((value) => ({ value })), end]).finally(() =>
    clearTimeout(timer),
  )
  if (first !== 'late') return first.value
  const value = late()
  if (value instanceof Error) throw value
  return value
}
