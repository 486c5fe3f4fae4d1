/**
 * A connection that its owner may lose the right to use. From then on no byte reaches the host and it is
 * not connected to again; what runs there goes on, for whoever owns it next.
 */

import { Writable } from 'node:stream'
import type { Message } from '../model/message.ts'
import { type Channel, type Connection, TransportError } from './transport.ts'

export interface Guard {
  /** Asked before each write. */
  readonly isHeld: () => boolean
  /** Aborts when the right is lost. */
  readonly lost: AbortSignal
  /** Why the connection was cut. */
  readonly reason: Message
}

/** @throws {TransportError} From `connect`, or if the right is lost. */
export async function connectGuarded(
  name: string,
  connect: () => Promise<Connection>,
  guard: Guard,
): Promise<Connection> {
  const refusal = () => new TransportError('config', name, guard.reason)
  const check = () => {
    if (!guard.isHeld()) throw refusal()
  }
  check()
  const connection = await connect()
  const cut = new Promise<TransportError>((resolve) => {
    guard.lost.addEventListener('abort', () => {
      void connection.close().catch(() => {})
      resolve(refusal())
    })
  })
  if (guard.lost.aborted) await connection.close()
  check()
  return {
    host: connection.host,
    address: connection.address,
    hostKey: connection.hostKey,
    open: async () => {
      check()
      return guardedChannel(await connection.open(), guard, refusal)
    },
    lost: Promise.race([connection.lost, cut]),
    close: () => connection.close(),
  }
}

function guardedChannel(channel: Channel, { isHeld }: Guard, refusal: () => Error): Channel {
  const stdin = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (isHeld()) channel.stdin.write(chunk, done)
      else done(refusal())
    },
    final(done) {
      if (isHeld()) channel.stdin.end(() => done())
      else done(refusal())
    },
    destroy(error, done) {
      channel.stdin.destroy()
      done(error)
    },
  })
  channel.stdin.on('error', (error) => stdin.destroy(error))
  // The channel's end reports what matters.
  stdin.on('error', () => {})
  const { stdout, stderr, ended } = channel
  return { stdin, stdout, stderr, ended, close: () => channel.close() }
}
