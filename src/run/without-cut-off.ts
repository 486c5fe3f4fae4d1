import type { RunEvent } from '../model/run-event.ts'

/**
 * Merges the events of a command that was running when the run was interrupted: it appears once,
 * with the events of the resumed run.
 */
export function withoutCutOff<E extends RunEvent>(events: readonly E[]): readonly E[] {
  const dropped = new Set<E>()
  /** Events of the unfinished command, by step and host; empty between commands. */
  const open = new Map<string, E[]>()
  for (const event of events) {
    if (!('step' in event)) continue
    const key = `${event.step}@${event.host}`
    const own = open.get(key)
    if (event.kind === 'step-started') {
      if (own) for (const each of [...own, event]) dropped.add(each)
      open.set(key, [])
    } else if (event.kind === 'command-started' || event.kind === 'output') own?.push(event)
    else if (event.kind === 'command-ended') open.set(key, [])
    else if (event.kind === 'step-ended') open.delete(key)
  }
  return events.filter((event) => !dropped.has(event))
}
