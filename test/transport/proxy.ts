/** A network between a client and a server on this computer, which can be cut. */

import { connect, createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

export interface Proxy {
  readonly port: number
  /** Resets all connections that go through. */
  cut(): void
  /** Resets all of them once so many bytes more have come from the server. */
  cutAfter(bytes: number): void
  /** Takes no more connections, or takes them again. */
  refuse(refuses: boolean): void
  /** Resolves when the next connection is refused. */
  refused(): Promise<void>
  stop(): Promise<void>
}

export async function startProxy(serverPort: number): Promise<Proxy> {
  const sockets = new Set<Socket>()
  let bytesLeft = Infinity
  let refuses = false
  const tellRefused: (() => void)[] = []
  const cut = (): void => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  const server = createServer((client) => {
    if (refuses) {
      client.destroy()
      for (const tell of tellRefused.splice(0)) tell()
      return
    }
    const upstream = connect(serverPort, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream)
    upstream.on('data', (chunk) => {
      client.write(chunk.subarray(0, Math.max(0, Math.min(chunk.length, bytesLeft))))
      bytesLeft -= chunk.length
      if (bytesLeft <= 0) {
        bytesLeft = Infinity
        // What was sent is to arrive before the end.
        setImmediate(cut)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    cutAfter: (bytes) => {
      bytesLeft = bytes
    },
    refuse: (value) => {
      refuses = value
    },
    refused: () => new Promise((resolve) => tellRefused.push(resolve)),
    stop: () => {
      cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
