/**
 * Runs one of our scripts on a channel of its own and gives its answer.
 *
 * Done when its markers have come, not when the channel ends: a login shell's leftovers may hold
 * that open.
 */

import { messages } from './messages.ts'
import type { ChannelEnd, Connection } from '../transport/transport.ts'
import { within } from '../transport/within.ts'
import { channelText, type ChannelScript } from './protocol.ts'
import { createDeferred } from './deferred.ts'
import { type Account, openChannel } from './open-channel.ts'
import { badAnswer, mostStatus, readNumber } from './host-says.ts'
import { type Mark, createScanner, newNonce } from './marker.ts'
import { whyNoShell } from './shell-error.ts'

export interface ScriptRequest extends Omit<ChannelScript, 'nonce'> {
  /** By sudo, where it is not the user that the connection logged in as. */
  readonly user: Account | undefined
  readonly timeoutMs: number
  /** Of each output; what is beyond is dropped. */
  readonly maxBytes: number
}

export interface ScriptAnswer {
  /** `undefined`: its time was over, or the channel ended before it did. */
  readonly status: number | undefined
  readonly stdout: Buffer
  readonly stderr: Buffer
  /** Whether more came than `maxBytes`. */
  readonly isCut: boolean
}

/**
 * @throws {ShellError} Where there is no shell to run it.
 * @throws {TransportError} Where there is no channel.
 */
export async function runScript(
  connection: Connection,
  request: ScriptRequest,
): Promise<ScriptAnswer> {
  const nonce = newNonce()
  const channel = await openChannel(connection, request.user)
  const out = collect(nonce, request.maxBytes)
  const err = collect(nonce, request.maxBytes)
  channel.stdout.on('data', out.push)
  channel.stderr.on('data', err.push)
  // A search for sudo's prompt paused them.
  for (const stream of [channel.stdout, channel.stderr]) stream.resume()
  channel.stdin.end(channelText({ ...request, nonce }))

  const outcome = await within<[Mark, Mark] | ChannelEnd | 'late'>(
    Promise.race([Promise.all([out.done, err.done]), channel.ended.then((end) => end)]),
    request.timeoutMs,
    () => 'late',
  )
  channel.close()
  const stdout = out.take()
  const stderr = err.take()
  if (!out.begun || !err.begun) {
    const how = outcome === 'late' || Array.isArray(outcome) ? undefined : outcome
    throw whyNoShell(connection.host, request.user?.name, how, Buffer.concat([stderr, stdout]))
  }
  const [mark] = Array.isArray(outcome) ? outcome : []
  const isCut = out.isCut || err.isCut
  if (!mark) return { status: undefined, stdout, stderr, isCut }
  const [said = ''] = mark.fields
  const status = mark.kind === 'e' ? readNumber(said, mostStatus) : undefined
  if (status === undefined) throw badAnswer(connection.host, messages.aStatus, said)
  return { status, stdout, stderr, isCut }
}

interface Collector {
  readonly push: (bytes: Buffer) => void
  readonly done: Promise<Mark>
  readonly begun: boolean
  readonly isCut: boolean
  take(): Buffer
}

/** Keeps what comes after the first marker; before it, what may say why there is none. */
function collect(nonce: string, maxBytes: number): Collector {
  const scanner = createScanner(nonce)
  const chunks: Buffer[] = []
  let size = 0
  let begun = false
  let isCut = false
  const { promise: done, resolve: finish } = createDeferred<Mark>()
  return {
    done,
    get begun() {
      return begun
    },
    get isCut() {
      return isCut
    },
    push(bytes) {
      for (const found of scanner.push(bytes)) {
        if (Buffer.isBuffer(found)) {
          const rest = found.subarray(0, Math.max(0, maxBytes - size))
          size += rest.length
          if (rest.length > 0) chunks.push(Buffer.from(rest))
          if (rest.length < found.length) isCut = true
        } else if (found.kind === 'b') {
          begun = true
          isCut = false
          size = 0
          chunks.splice(0)
        } else finish(found)
      }
    },
    take: () => Buffer.concat([...chunks, scanner.flush()]),
  }
}
