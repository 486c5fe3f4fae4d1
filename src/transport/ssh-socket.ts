/** The connection under ssh2, where nothing else carries its bytes. */

import { connect, type Socket } from 'node:net'
import type { SshTarget } from '../model/ssh-target.ts'

/**
 * Begins to connect. What is written in one turn of the event loop leaves as one: ssh2 writes each
 * packet in three parts, and each would be a segment of its own.
 */
export function openSocket({ hostName, port, family }: SshTarget): Socket {
  const socket = connect({
    host: hostName,
    port,
    // Nagle's algorithm makes many an answer wait for 40 ms.
    noDelay: true,
    ...(family === undefined ? {} : { family }),
  })
  const write = socket.write.bind(socket)
  let isCorked = false
  const uncork = (): void => {
    isCorked = false
    socket.uncork()
  }
  return Object.assign(socket, {
    write(...written: Parameters<typeof write>) {
      if (!isCorked) {
        isCorked = true
        socket.cork()
        process.nextTick(uncork)
      }
      return write(...written)
    },
  })
}
