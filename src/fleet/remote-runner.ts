/** The engine's port for lanes that run on workers: submits a lane and reports its events. */

import type { RunEvent, StampedEvent } from '../model/run-event.ts'
import type { Lane, LaneRunner } from '../run/run-lane.ts'
import { isGood } from '../run/step-end.ts'
import { FleetError } from './fleet-error.ts'
import type { LaneLease } from './lane-lease.ts'
import type { LaneStore, NewLane } from './lane-store.ts'
import { messages } from './messages.ts'

export interface RemoteRun {
  readonly store: LaneStore
  /** The coordinator's own claim. */
  readonly lead: LaneLease
  /** By lane: its order, and how many of its events are reported already. */
  readonly lanes: ReadonlyMap<Lane, { readonly order: NewLane; readonly known: number }>
  /** Called for each event of a worker before it is reported. */
  readonly onEvent: (event: RunEvent) => void
}

export function remoteRunner({ store, lead, lanes, onEvent }: RemoteRun): LaneRunner {
  return async (lane, { ports }) => {
    const own = lanes.get(lane)
    if (!own) throw new Error('unreachable: every lane has an order')
    const { order, known } = own
    if (await mustSubmit(store, order)) {
      if (!(await store.submit(lead.claim, order))) throw new FleetError(messages.claimLost)
    }
    for await (const news of store.follow(order, known, lead.lost)) {
      if (news.kind === 'ended') return news.ends
      for (const event of news.events) {
        // The run has its own.
        if (event.kind === 'run-started') continue
        const raw = unstamped(event)
        onEvent(raw)
        await ports.emit(raw)
      }
    }
    throw new FleetError(messages.claimLost)
  }
}

/** The run numbers the events of all its lanes. */
function unstamped({ v: _v, seq: _seq, at: _at, ...event }: StampedEvent): RunEvent {
  return event
}

/** A lane that passed as it is ordered now is not run again. */
async function mustSubmit(store: LaneStore, { run, lane, order }: NewLane): Promise<boolean> {
  const before = await store.lane({ run, lane })
  if (!before) return true
  if (before.state !== 'ended') return false
  const isSame = JSON.stringify(before.order) === JSON.stringify(order)
  return !(isSame && before.ends.length > 0 && before.ends.every(isGood))
}
