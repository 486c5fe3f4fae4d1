import type { RunEvent } from '../model/run-event.ts'

/** By host the users whose shells the run had, by name; `undefined` is the login's. */
export function shellsOf(
  events: readonly RunEvent[],
): ReadonlyMap<string, ReadonlySet<string | undefined>> {
  const shells = new Map<string, Set<string | undefined>>()
  let user: string | undefined
  for (const event of events) {
    if (event.kind === 'step-started') user = event.user
    if (event.kind !== 'command-started') continue
    const users = shells.get(event.host) ?? new Set()
    // What was started in the background has no place in its shell.
    shells.set(event.host, users.add(event.frame ? (event.frame.user ?? undefined) : user))
  }
  return shells
}
