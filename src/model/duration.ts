const msPerUnit = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
])

/**
 * Parses a duration such as `90s` or `1.5h`.
 *
 * The unit is required: a bare `30` means seconds to one reader and minutes to the next.
 *
 * @returns Whole milliseconds, rounded up; `undefined` if `text` is not a duration.
 */
export function parseDuration(text: string): number | undefined {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? []
  const scale = msPerUnit.get(unit)
  return scale === undefined ? undefined : Math.ceil(Number(amount) * scale)
}

/** Formats milliseconds for a person: `40ms`, `1.2s`, `3m 05s`, `1h 02m`. */
export function renderDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)}ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)}s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${pad(seconds % 60)}s`
  return `${Math.floor(seconds / 3600)}h ${pad(Math.floor((seconds % 3600) / 60))}m`
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
