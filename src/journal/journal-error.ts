/** The journal cannot be written: the run must not go on without it. */
export class JournalError extends Error {
  override readonly name = 'JournalError'
}
