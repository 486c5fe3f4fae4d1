/**
 * Whether a user's files count as ours: the user's own, root's, and with `sudo` those of whoever
 * called it, as git has it.
 */
export function isOurs(uid: number): boolean {
  const own = process.geteuid?.()
  // A system without users knows no others.
  if (own === undefined || uid === own || uid === 0) return true
  const caller = process.env['SUDO_UID'] ?? ''
  return own === 0 && /^\d+$/.test(caller) && uid === Number(caller)
}
