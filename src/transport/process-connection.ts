import { type Channel, type Connection } from './transport.ts'
import { within } from './within.ts'

/** How long programs have to end once their channels are closed. */
const goodbyeMs = 2000

/**
 * A connection whose channels are programs of this computer.
 *
 * @param start - Starts one of them.
 */
export function processConnection(
  { host, address }: Pick<Connection, 'host' | 'address'>,
  start: () => Channel | Promise<Channel>,
): Connection {
  const channels = new Set<Channel>()
  return {
    host,
    address,
    hostKey: null,
    lost: new Promise(() => {}),
    async open() {
      const channel = await start()
      channels.add(channel)
      void channel.ended.then(() => channels.delete(channel))
      return channel
    },
    async close() {
      const open = [...channels]
      for (const channel of open) channel.close()
      const ended = Promise.all(open.map((channel) => channel.ended))
      // What does not end when it is told to is no reason to stay.
      await within<unknown>(ended, goodbyeMs, () => undefined)
    },
  }
}
