/**
 * Schedules several hosts: concurrency, batches, and when to stop starting more.
 *
 * A failed host does not stop the others. A failed canary does, and so does a batch after which
 * more hosts have failed than `maxFailPercent` allows.
 */

import type { Lane, LaneRunner } from './run-lane.ts'
import type { LaneContext } from './step-contexts.ts'
import { isGood, type StepEnd } from './step-end.ts'

/** @returns The end of each step that ran, lane by lane. */
export async function scheduleLanes(
  lanes: readonly Lane[],
  context: LaneContext,
  runner: LaneRunner,
): Promise<readonly StepEnd[]> {
  const { fleet } = context.options
  const ends: StepEnd[] = []
  let failedLanes = 0
  for (const { batch, isCanary } of batchesOf(lanes, fleet)) {
    const ended = await runTogether(batch, (lane) => runner(lane, context), context)
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

/** Runs at most `parallel` lanes at a time. */
async function runTogether(
  lanes: readonly Lane[],
  run: (lane: Lane) => Promise<readonly StepEnd[]>,
  { options, ports }: LaneContext,
): Promise<readonly (readonly StepEnd[])[]> {
  const waiting = [...lanes]
  const ended: (readonly StepEnd[])[] = []
  const runWaiting = async (): Promise<void> => {
    while (!ports.signal.aborted) {
      const lane = waiting.shift()
      if (!lane) return
      ended.push(await run(lane))
    }
  }
  const running = Array.from({ length: Math.min(options.fleet.parallel, lanes.length) }, runWaiting)
  const results = await Promise.allSettled(running)
  for (const result of results) if (result.status === 'rejected') throw result.reason
  return ended
}
