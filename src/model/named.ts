/**
 * Maps with keys from outside: a page's variables, its step ids, a host's words.
 *
 * `constructor` and `__proto__` are ordinary keys and return only what was stored.
 */
export type Named<T> = Readonly<Record<string, T>>

/** An object without a prototype. The last value of a repeated name wins. */
export function named<T>(entries: Iterable<readonly [string, T]>): Named<T> {
  const all: Record<string, T> = Object.create(null)
  for (const [name, value] of entries) all[name] = value
  return all
}

/** Merges maps; the last value of a repeated name wins. */
export function mergedNames<T>(...all: readonly Named<T>[]): Named<T> {
  return named(all.flatMap((each) => Object.entries(each)))
}

/** The value stored under `name`; never one inherited from a prototype. */
export function valueOf<T>(all: Named<T>, name: string): T | undefined {
  return Object.hasOwn(all, name) ? all[name] : undefined
}
