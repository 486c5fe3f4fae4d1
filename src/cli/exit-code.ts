/** What the program's end means (CLI.md). */
export const exitCode = {
  ok: 0,
  /** A step failed, or a check found something. */
  failed: 1,
  /** Wrong usage, or a page that cannot be read as it stands; nothing was run. */
  usage: 2,
  /** A host could not be reached, trusted or logged into. */
  host: 3,
  /** A fault of ours. */
  fault: 4,
  interrupted: 130,
  terminated: 143,
} as const
