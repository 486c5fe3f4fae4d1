/** A long way between a client and a server on this computer. */

import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface SlowLink {
  readonly port: number
  stop(): Promise<void>
}

export interface SlowLinkOptions {
  readonly host: string
  readonly port: number
  /** Of each direction: half of the way there and back. */
  readonly delayMs: number
}

/** What is sent arrives later, in its order, however much of it is under way. */
export async function startSlowLink({ host, port, delayMs }: SlowLinkOptions): Promise<SlowLink> {
  const sockets = new Set<Socket>()
  const carry = (from: Socket, to: Socket): void => {
    from.on('data', (chunk) => setTimeout(() => to.write(chunk), delayMs))
    from.on('end', () => setTimeout(() => to.end(), delayMs))
    from.on('error', () => to.destroy())
    sockets.add(from)
    from.on('close', () => sockets.delete(from))
  }
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ host, port, noDelay: true })
    carry(client, upstream)
    carry(upstream, client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
