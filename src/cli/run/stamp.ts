import type { RunEvent, StampedEvent } from '../../model/run-event.ts'

/** Numbers the events of a run and says when each happened. */
export function eventStamper(firstSeq: number): (event: RunEvent) => StampedEvent {
  let seq = firstSeq
  return (event) => ({ v: 1, seq: seq++, at: new Date().toISOString(), ...event })
}
