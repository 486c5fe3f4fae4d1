import type { StampedEvent } from '../model/run-event.ts'

/** Reads the events of a run, in order, and shows or writes them. */
export interface Reporter {
  take(event: StampedEvent): void
  /** The run is over, or its journal has been read to its end. */
  end?(): void
}
