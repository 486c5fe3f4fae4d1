/**
 * Values by names that come from outside: a page's variables, its step ids, a host's words.
 *
 * `constructor` and `__proto__` are names like any other, and find only what was put there.
 */
export type Named<T> = Readonly<Record<string, T>>

/** An object without a prototype. The last value of a name wins. */
export function named<T>(entries: Iterable<readonly [string, T]>): Named<T> {
  const all: Record<string, T> = Object.create(null)
  for (const [name, value] of entries) all[name] = value
  return all
}

/** All of several; the last value of a name wins. */
export function mergedNames<T>(...all: readonly Named<T>[]): Named<T> {
  return named(all.flatMap((each) => Object.entries(each)))
}

/** What stands under a name; a prototype's own names are none. */
export function valueOf<T>(all: Named<T>, name: string): T | undefined {
  return Object.hasOwn(all, name) ? all[name] : undefined
}
