import { randomBytes } from 'node:crypto'

/** A run's name: when it began, and 24 random bits that tell those of one minute apart. */
export function newRunId(now: Date): string {
  const [date = '', time = ''] = now.toISOString().split('T')
  return `${date.replaceAll('-', '')}-${time.slice(0, 5).replace(':', '')}-${randomBytes(3).toString('hex')}`
}
