/** Ticks of a time axis: a few round times. */

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

const stepsMs = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((count) => count * secondMs),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minuteMs),
  ...[1, 2, 6, 12, 24].map((count) => count * hourMs),
]

const mostTicks = 5

/** Times from 0 on, in milliseconds; the last is before the end of the axis. */
export function ticksOf(spanMs: number): readonly number[] {
  const fitting = stepsMs.find((stepMs) => spanMs / stepMs <= mostTicks)
  const stepMs = fitting ?? Math.ceil(spanMs / mostTicks / (24 * hourMs)) * 24 * hourMs
  const count = Math.floor((spanMs * 0.97) / stepMs)
  return Array.from({ length: count + 1 }, (_, index) => index * stepMs)
}

/** `0`, `500ms`, `30s`, `5m`, `2h`: exact, because ticks are round. */
export function tickLabel(ms: number): string {
  if (ms === 0) return '0'
  if (ms < secondMs) return `${ms}ms`
  if (ms < minuteMs) return `${ms / secondMs}s`
  if (ms < hourMs) return `${ms / minuteMs}m`
  return `${ms / hourMs}h`
}
