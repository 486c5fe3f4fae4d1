/** A channel of an ssh connection that runs the launcher. */

import type { Client, ClientChannel } from 'ssh2'
import { type Channel, type ChannelEnd, launcher, TransportError } from './transport.ts'

export function openChannel(client: Client, host: string): Promise<Channel> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      client.off('close', onClose)
      reject(whyNoChannel(host, error))
    }
    const onClose = (): void => fail(new Error('the connection was closed'))
    client.once('close', onClose)
    try {
      client.exec(launcher, (error, stream) => {
        if (error) return fail(error)
        client.off('close', onClose)
        // Listeners have to be there in this very turn: `exit` may already be on its way.
        resolve(toChannel(stream))
      })
    } catch (error) {
      // ssh2 throws at once where the socket is gone.
      fail(error instanceof Error ? error : new Error(String(error)))
    }
  })
}

function toChannel(stream: ClientChannel): Channel {
  const closing = new AbortController()
  const ended = new Promise<ChannelEnd>((resolve) => {
    let end: ChannelEnd = { kind: 'none' }
    stream.on('exit', (code: number | null, signal?: string) => {
      end = code === null ? { kind: 'signal', signal: signal ?? 'unknown' } : { kind: 'code', code }
    })
    stream.once('close', () => resolve(end))
    closing.signal.addEventListener('abort', () => resolve(end))
  })
  stream.on('error', () => {})
  return {
    stdin: stream,
    stdout: stream,
    stderr: stream.stderr,
    ended,
    close() {
      stream.end()
      stream.close()
      // OpenSSH answers only when what runs there has ended, and only a read stream closes.
      stream.resume()
      stream.stderr.resume()
      closing.abort()
    },
  }
}

function whyNoChannel(host: string, cause: Error): TransportError {
  return /channel open failure|unable to exec/i.test(cause.message)
    ? new TransportError(
        'unsupported',
        host,
        `${host} refuses one more channel (${cause.message}): raise MaxSessions there`,
        { cause },
      )
    : new TransportError('lost', host, `the connection to ${host} was lost (${cause.message})`, {
        cause,
      })
}
