/**
 * A lock between processes and within one.
 *
 * It is an abstract socket, which the kernel frees when its holder ends, so there are no stale
 * locks.
 */

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { HostError } from './host-error.ts'

const giveUpAfterMs = 600_000

/** Runs `work` while holding the lock `name`. Not re-entrant. */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const server = await acquire(name)
  try {
    return await work()
  } finally {
    server.close()
    await once(server, 'close')
  }
}

async function acquire(name: string): Promise<Server> {
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 32)
  const untilMs = Date.now() + giveUpAfterMs
  while (Date.now() < untilMs) {
    const server = createServer()
    server.listen(`\0runbook-hosts-${hash}`)
    try {
      await once(server, 'listening')
      return server
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
      await sleep(40)
    }
  }
  throw new HostError(`another process has been working on ${name} for ten minutes`)
}
