import type { RunEvent, StampedEvent } from '../model/run-event.ts'

/** Numbers the events of a run and says when each happened. */
export async function* stampEvents(
  events: AsyncIterable<RunEvent>,
  firstSeq: number,
): AsyncGenerator<StampedEvent> {
  let seq = firstSeq
  for await (const event of events)
    yield { v: 1, seq: seq++, at: new Date().toISOString(), ...event }
}
