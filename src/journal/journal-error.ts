import { LocalizedError } from '../diagnostic/localized-error.ts'

/** The journal cannot be written; the run must stop. */
export class JournalError extends LocalizedError {
  override readonly name = 'JournalError'
}
