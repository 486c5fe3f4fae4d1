/**
 * Limits concurrent handshakes, and retries refused ones.
 *
 * sshd's `MaxStartups 10:30:100` drops connections at random once ten are not logged in yet.
 */

import type { SshTarget } from '../model/ssh-target.ts'
import { TransportError } from './transport.ts'

const atATime = 8
const tries = 5

interface Gate {
  running: number
  readonly waiting: (() => void)[]
}

const gates = new Map<string, Gate>()

/**
 * Waits until fewer than eight handshakes to that address are in progress; retries a dropped one.
 */
export async function withHandshake<T>(target: SshTarget, shake: () => Promise<T>): Promise<T> {
  const address = `${target.hostName}:${target.port}`
  for (let attempt = 1; ; attempt++) {
    const leave = await enter(address)
    try {
      return await shake()
    } catch (error) {
      if (attempt === tries || !wasDropped(error)) throw error
    } finally {
      leave()
    }
    const pauseMs = 50 * 2 ** attempt * (0.5 + Math.random())
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}

function wasDropped(error: unknown): boolean {
  if (!(error instanceof TransportError) || error.reason !== 'unreachable') return false
  const { cause } = error
  return cause instanceof Error && /lost before handshake|ECONNRESET/.test(cause.message)
}

async function enter(address: string): Promise<() => void> {
  const gate = gates.get(address) ?? { running: 0, waiting: [] }
  gates.set(address, gate)
  if (gate.running >= atATime) await new Promise<void>((resolve) => gate.waiting.push(resolve))
  gate.running++
  return () => {
    gate.running--
    gate.waiting.shift()?.()
    if (gate.running === 0 && gate.waiting.length === 0) gates.delete(address)
  }
}
