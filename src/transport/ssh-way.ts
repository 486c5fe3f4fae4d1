/**
 * The chain of connections to a host: one to each jump host, then one to the host itself. Losing
 * one loses all that run through it.
 */

import { reasonOf } from '../diagnostic/reason-of.ts'
import { messages } from './messages.ts'
import type { Client } from 'ssh2'
import type { SshTarget } from '../model/ssh-target.ts'
import { TransportError } from './transport.ts'

export interface Way {
  /** The last connection that is open. */
  readonly last: Client | undefined
  /** Set once one of them is lost. */
  readonly lostError: TransportError | undefined
  readonly lost: Promise<TransportError>
  /** Watches an open connection. */
  add(hop: SshTarget, client: Client): void
  /** From now on, a closed connection is not a loss. */
  expectEnd(): void
  /** Closes all connections at once. */
  close(): void
}

export function createWay(target: SshTarget): Way {
  const clients: Client[] = []
  let isEnding = false
  let lostError: TransportError | undefined
  let tellLost: (error: TransportError) => void
  const lost = new Promise<TransportError>((resolve) => {
    tellLost = resolve
  })
  const close = (): void => {
    isEnding = true
    for (const client of clients.toReversed()) client.destroy()
  }
  const lose = (hop: SshTarget, cause: Error | undefined): void => {
    if (isEnding) return
    const plain =
      hop === target ? messages.lost(target.name) : messages.lostJump(hop.name, target.name)
    const message = cause ? messages.because(plain, reasonOf(cause)) : plain
    lostError = new TransportError('lost', target.name, message, cause ? { cause } : {})
    close()
    tellLost(lostError)
  }
  return {
    get last() {
      return clients.at(-1)
    },
    get lostError() {
      return lostError
    },
    lost,
    add(hop, client) {
      clients.push(client)
      let cause: Error | undefined
      // A lost connection closes without an error event as often as with one.
      client.on('error', (error) => {
        cause ??= error
      })
      client.once('close', () => lose(hop, cause))
    },
    expectEnd() {
      isEnding = true
    },
    close,
  }
}
