/** The program's exit codes (CLI.md). */
export const exitCode = {
  ok: 0,
  /** A step failed, or a check found a problem. */
  failed: 1,
  /** Wrong usage, or an invalid page; nothing was run. */
  usage: 2,
  /** A host could not be reached, trusted or logged into. */
  host: 3,
  /** A bug of ours. */
  fault: 4,
  interrupted: 130,
  terminated: 143,
} as const
