/** Decodes rows of the database; its JSON is checked like any other input. */

import * as z from 'zod/mini'
import { asEvent } from '../model/event-schema.ts'
import type { StampedEvent } from '../model/run-event.ts'
import { stepStatuses } from '../model/step-status.ts'
import type { StepEnd } from '../run/step-end.ts'
import type { LaneClaim, LaneState, LaneStatus, StoredRun } from './lane-store.ts'

type Row = Readonly<Record<string, unknown>>

const laneState = z.enum(['waiting', 'running', 'ended'])
const text = z.nullable(z.string())
const stepEnd = z.looseObject({
  status: z.enum(stepStatuses),
  reason: text,
  message: z.string(),
  exit: z.nullable(z.number()),
})
const status = z.object({
  state: laneState,
  owner: z.optional(text),
  task: z.optional(z.unknown()),
  ends: z.nullable(z.array(stepEnd)),
  count: z._default(z.number(), 0),
})
const claimed = z.object({ epoch: z.number(), host: z.string(), task: z.unknown() })
const runRow = z.object({
  run: z.string(),
  at: z.date(),
  started_by: z.string(),
  request: z.unknown(),
  cancelled: z.boolean(),
  lane: z.number(),
  host: z.string(),
  state: laneState,
  owner: text,
  epoch: z.number(),
})

/** @throws If an event has no form that this version knows. */
export function readEvents(rows: readonly Row[]): readonly StampedEvent[] {
  return rows.flatMap(({ body }) => {
    if (body === null || body === undefined) return []
    const event = asEvent(body)
    if (!event) throw new Error(`unreachable: not an event: ${JSON.stringify(body).slice(0, 200)}`)
    return [event]
  })
}

export function readStatus(row: Row): LaneStatus {
  const { state, owner, task, ends, count } = status.parse(row)
  // oxlint-disable-next-line no-unsafe-type-assertion -- reasons are open: later versions may add some
  return { state, owner: owner ?? undefined, order: task, ends: (ends ?? []) as StepEnd[], count }
}

export function readLaneRow(row: Row): Pick<LaneClaim, 'epoch' | 'host' | 'order'> {
  const { epoch, host, task } = claimed.parse(row)
  return { epoch, host, order: task }
}

/** @param rows - One per lane, the lanes of a run together. */
export function storedRuns(rows: readonly Row[]): readonly StoredRun[] {
  const runs = new Map<string, StoredRun>()
  for (const each of rows) {
    const { run, at, started_by: by, request, cancelled, ...lane } = runRow.parse(each)
    const { epoch, host, owner } = lane
    const state: LaneState = lane.state
    const before = runs.get(run)?.lanes ?? []
    runs.set(run, {
      run,
      at: at.toISOString(),
      by,
      request,
      isCancelled: cancelled,
      lanes: [...before, { run, lane: lane.lane, host, state, owner: owner ?? undefined, epoch }],
    })
  }
  return [...runs.values()]
}
