import type { RunEvent } from '../model/run-event.ts'
import type { ChangedFile } from '../plan/plan-undo.ts'

/**
 * The files that a run changed, by `PAGE#ID@HOST`.
 *
 * @param events - Its journal, in order.
 */
export function changedFiles(events: readonly RunEvent[]): ReadonlyMap<string, ChangedFile> {
  const users = new Map<string, string>()
  const files = new Map<string, ChangedFile>()
  for (const event of events) {
    if (event.kind !== 'step-started' && event.kind !== 'step-ended') continue
    const key = `${event.step}@${event.host}`
    if (event.kind === 'step-started') users.set(key, event.user)
    else if (event.backup)
      files.set(key, { ...event.backup, host: event.host, user: users.get(key) ?? '' })
  }
  return files
}
