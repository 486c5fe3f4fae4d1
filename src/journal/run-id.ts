import { randomBytes } from 'node:crypto'

/** A run's id: its start time, and 24 random bits to tell apart runs of one minute. */
export function newRunId(now: Date): string {
  const [date = '', time = ''] = now.toISOString().split('T')
  return `${date.replaceAll('-', '')}-${time.slice(0, 5).replace(':', '')}-${randomBytes(3).toString('hex')}`
}
