/** The TCP connection under ssh2, if no jump host or program carries it. */

import { connect, type Socket } from 'node:net'
import type { SshTarget } from '../model/ssh-target.ts'

/**
 * Starts connecting. Writes of one event loop turn are sent together: ssh2 writes each packet in
 * three parts, and each would be its own segment.
 */
export function openSocket({ hostName, port, family }: SshTarget): Socket {
  const socket = connect({
    host: hostName,
    port,
    // Nagle's algorithm would delay many answers by 40 ms.
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
