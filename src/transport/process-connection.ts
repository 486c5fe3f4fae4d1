import { type Channel, type Connection } from './transport.ts'
import { within } from './within.ts'

/** Grace period for programs to end after their channels close. */
const goodbyeMs = 2000

/**
 * A connection whose channels are local programs.
 *
 * @param start - Starts one program.
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
      // Do not wait longer for a program that ignores the close.
      await within<unknown>(ended, goodbyeMs, () => undefined)
    },
  }
}
