import { setTimeout as sleep } from 'node:timers/promises'
import { HostError } from './host-error.ts'

/**
 * Polls until there is an answer.
 * @throws HostError that names `what` at the timeout.
 */
export async function waitFor<T>(
  what: string,
  timeoutMs: number,
  ask: () => Promise<T | undefined>,
): Promise<T> {
  const untilMs = Date.now() + timeoutMs
  while (Date.now() < untilMs) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await sleep(40)
  }
  throw new HostError(`waited ${timeoutMs / 1000} s for ${what}`)
}
