import type { StampedEvent } from '../model/run-event.ts'

/** Receives the events of a run in order, and shows or writes them. */
export interface Reporter {
  handle(event: StampedEvent): void
  /** Called after the run, or at the journal's end. */
  end?(): void
}
