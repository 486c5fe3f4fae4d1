/**
 * Whether files of a user count as ours: the user's own, root's, and under `sudo` the caller's. Git
 * uses the same rule.
 */
export function isOurs(uid: number): boolean {
  const own = process.geteuid?.()
  // On a system without users, every file is ours.
  if (own === undefined || uid === own || uid === 0) return true
  const caller = process.env['SUDO_UID'] ?? ''
  return own === 0 && /^\d+$/.test(caller) && uid === Number(caller)
}
