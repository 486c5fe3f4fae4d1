/**
 * Several hosts at once: how many, in which batches, and when to stop starting more.
 *
 * One host that fails does not stop the others; a failed canary does, and so does a batch after
 * which more hosts have failed than `maxFailPercent` allows.
 */

import type { RunEvent } from '../model/run-event.ts'
import { type Lane, runLane } from './run-lane.ts'
import type { LaneContext } from './step-contexts.ts'
import { isGood, type StepEnd } from './step-end.ts'

/** @returns How each step that was taken ended, lane by lane. */
export async function* scheduleLanes(
  lanes: readonly Lane[],
  context: LaneContext,
): AsyncGenerator<RunEvent, readonly StepEnd[]> {
  const { fleet } = context.options
  const ends: StepEnd[] = []
  let failedLanes = 0
  for (const { batch, isCanary } of batchesOf(lanes, fleet)) {
    const ended = yield* runTogether(batch, fleet.parallel, context)
    ends.push(...ended.flat())
    failedLanes += ended.filter((lane) => !lane.every(isGood)).length
    if (context.ports.signal.aborted || (isCanary && failedLanes > 0)) break
    if ((failedLanes / lanes.length) * 100 > fleet.maxFailPercent) break
  }
  return ends
}

function batchesOf(
  lanes: readonly Lane[],
  { canary, batchPercent }: LaneContext['options']['fleet'],
): readonly { readonly batch: readonly Lane[]; readonly isCanary: boolean }[] {
  const size = Math.max(1, Math.ceil((lanes.length * batchPercent) / 100))
  const rest = lanes.slice(canary)
  const batches = Array.from({ length: Math.ceil(rest.length / size) }, (_, index) => ({
    batch: rest.slice(index * size, (index + 1) * size),
    isCanary: false,
  }))
  const first = lanes.slice(0, canary)
  return first.length === 0 ? batches : [{ batch: first, isCanary: true }, ...batches]
}

type RunningLane = AsyncGenerator<RunEvent, readonly StepEnd[]>

/** Runs lanes side by side, at most `parallel` at a time; events come as they happen. */
async function* runTogether(
  lanes: readonly Lane[],
  parallel: number,
  context: LaneContext,
): AsyncGenerator<RunEvent, readonly (readonly StepEnd[])[]> {
  const waiting = [...lanes]
  const ended: (readonly StepEnd[])[] = []
  /** Also the one whose event is being looked at. */
  const running = new Set<RunningLane>()
  const pulls = new Map<
    RunningLane,
    Promise<{
      readonly lane: RunningLane
      readonly next: IteratorResult<RunEvent, readonly StepEnd[]>
    }>
  >()
  const pull = (lane: RunningLane) => {
    running.add(lane)
    pulls.set(
      lane,
      lane.next().then((next) => ({ lane, next })),
    )
  }
  try {
    while (waiting.length > 0 || pulls.size > 0) {
      while (pulls.size < parallel && !context.ports.signal.aborted) {
        const next = waiting.shift()
        if (!next) break
        pull(runLane(next, context))
      }
      if (pulls.size === 0) break
      const { lane, next } = await Promise.race(pulls.values())
      pulls.delete(lane)
      if (next.done) {
        running.delete(lane)
        ended.push(next.value)
      } else {
        yield next.value
        pull(lane)
      }
    }
  } finally {
    await Promise.allSettled([...running].map((lane) => lane.return([])))
  }
  return ended
}
