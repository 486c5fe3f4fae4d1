/** Opens a channel of an ssh connection and runs the launcher on it. */

import { LocalizedError } from '../diagnostic/localized-error.ts'
import { reasonOf } from '../diagnostic/reason-of.ts'
import { messages } from './messages.ts'
import type { Client, ClientChannel } from 'ssh2'
import type { SshTarget } from '../model/ssh-target.ts'
import { type Channel, type ChannelEnd, launcher, TransportError } from './transport.ts'
import { within } from './within.ts'

/**
 * @throws {TransportError} `lost` if the connection is gone or the host does not answer within the
 * connect timeout, `unsupported` if it refuses another channel.
 */
export function openChannel(
  client: Client,
  { name, connectTimeoutMs }: Pick<SshTarget, 'name' | 'connectTimeoutMs'>,
): Promise<Channel> {
  let isLate = false
  const opened = new Promise<Channel>((resolve, reject) => {
    const fail = (error: Error): void => {
      client.off('close', onClose)
      reject(whyNoChannel(name, error))
    }
    const onClose = (): void => fail(new LocalizedError(messages.closed))
    client.once('close', onClose)
    try {
      client.exec(launcher, (error, stream) => {
        if (error) return fail(error)
        client.off('close', onClose)
        // Attach listeners in this turn: `exit` may already be on its way.
        const channel = toChannel(stream)
        if (isLate) channel.close()
        else resolve(channel)
      })
    } catch (error) {
      // ssh2 throws synchronously if the socket is gone.
      fail(error instanceof Error ? error : new Error(String(error)))
    }
  })
  return within(opened, connectTimeoutMs, () => {
    isLate = true
    return new TransportError('lost', name, messages.noChannelWithin(name, connectTimeoutMs / 1000))
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
      // OpenSSH answers only after the remote process ends, and a stream closes only if it is read.
      stream.resume()
      stream.stderr.resume()
      closing.abort()
    },
  }
}

function whyNoChannel(host: string, cause: Error): TransportError {
  return /channel open failure|unable to exec/i.test(cause.message)
    ? new TransportError('unsupported', host, messages.noMoreChannels(host, reasonOf(cause)), {
        cause,
      })
    : new TransportError('lost', host, messages.because(messages.lost(host), reasonOf(cause)), {
        cause,
      })
}
