import { LocalizedError } from '../diagnostic/localized-error.ts'

/** The database cannot be used, or another process has taken over; the command must stop. */
export class FleetError extends LocalizedError {
  override readonly name = 'FleetError'
}
