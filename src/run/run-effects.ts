import type { FileBackup, RunEvent } from '../model/run-event.ts'

/**
 * The files that a run has changed, by `PAGE#ID@HOST`, with the user as whom it did.
 *
 * @param events - Of its journal, in order.
 */
export function changedFiles(
  events: readonly RunEvent[],
): ReadonlyMap<string, FileBackup & { readonly user: string }> {
  const users = new Map<string, string>()
  const files = new Map<string, FileBackup & { readonly user: string }>()
  for (const event of events) {
    if (event.kind !== 'step-started' && event.kind !== 'step-ended') continue
    const key = `${event.step}@${event.host}`
    if (event.kind === 'step-started') users.set(key, event.user)
    else if (event.backup) files.set(key, { ...event.backup, user: users.get(key) ?? '' })
  }
  return files
}
