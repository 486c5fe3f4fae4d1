import type { RunbookRecord } from '../model/record.ts'
import type { Timeline } from './timeline.ts'

/** Steps that are further apart are from different runs; the axis leaves out the time between. */
const longestGapMs = 5 * 60_000

/** When the steps of a record ran. Skipped steps have no time of their own and are left out. */
export function recordTimeline(
  { host, steps }: RunbookRecord,
  addressOf: (id: string) => string,
): Timeline {
  const ran = Object.entries(steps)
    .filter(([, { status }]) => status !== 'skipped')
    .map(([id, { at, durationMs, status }]) => {
      const toMs = Date.parse(at)
      return { step: addressOf(id), host: host.name, status, fromMs: toMs - durationMs, toMs }
    })
    .toSorted((a, b) => a.fromMs - b.fromMs)
  const breaks: { readonly atMs: number; readonly pausedMs: number }[] = []
  let zeroMs = ran[0]?.fromMs ?? 0
  let reachedMs = 0
  const bars = ran.map((bar) => {
    const pausedMs = bar.fromMs - zeroMs - reachedMs
    if (pausedMs > longestGapMs) {
      breaks.push({ atMs: reachedMs, pausedMs })
      zeroMs += pausedMs
    }
    reachedMs = Math.max(reachedMs, bar.toMs - zeroMs)
    return { ...bar, fromMs: bar.fromMs - zeroMs, toMs: bar.toMs - zeroMs }
  })
  return { spanMs: reachedMs, hosts: [host.name], bars, waits: [], breaks }
}
