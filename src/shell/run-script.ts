/**
 * Gives a channel's bash one of our scripts and reads its answer.
 *
 * Done when its markers have come, not when the channel ends: a login shell's leftovers may hold
 * that open.
 */

import type { Readable } from 'node:stream'
import type { HostLink } from '../transport/host-link.ts'
import type { Channel, ChannelEnd } from '../transport/transport.ts'
import { within } from '../transport/within.ts'
import { mostStatus, readNumber, createScanner, type Mark, newNonce } from './marker.ts'
import { badAnswer, whyNoShell } from './shell-error.ts'
import { messages } from './messages.ts'
import { type Account, openChannel } from './open-channel.ts'
import { channelText, type ChannelScript } from './protocol.ts'

interface Limits {
  readonly timeoutMs: number
  /** Of each output; what is beyond is dropped. */
  readonly maxBytes: number
}

export interface ScriptRequest extends Omit<ChannelScript, 'nonce'>, Limits {
  /** By sudo, where it is not the user that the connection logged in as. */
  readonly user: Account | undefined
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
 * Runs a script next to whatever else goes on.
 *
 * @throws {ShellError} Where there is no shell to run it.
 * @throws {TransportError} Where there is no channel.
 */
export async function runScript(link: HostLink, request: ScriptRequest): Promise<ScriptAnswer> {
  const answer = await link.beside(async (connection) => {
    const channel = await openChannel(connection, request.user)
    const answered = await answerOf(channel, request, request)
    channel.close()
    return answered
  })
  const { mark, hasBegun, end, stdout, stderr, isCut } = answer
  if (!hasBegun)
    throw whyNoShell(link.host, request.user?.name, end, Buffer.concat([stderr, stdout]))
  if (!mark) return { status: undefined, stdout, stderr, isCut }
  const [said = ''] = mark.fields
  const status = mark.kind === 'e' ? readNumber(said, mostStatus) : undefined
  if (status === undefined) throw badAnswer(link.host, messages.aStatus, said)
  return { status, stdout, stderr, isCut }
}

export interface ChannelAnswer extends Omit<ScriptAnswer, 'status'> {
  /** The answer on the first output, where both have one. */
  readonly mark: Mark | undefined
  /** Whether the script was under way: until then what is printed is a login shell's. */
  readonly hasBegun: boolean
  /** Set where the channel ended before it answered. */
  readonly end: ChannelEnd | undefined
}

/** The channel stays open; what comes behind the answer goes back to its streams. */
export async function answerOf(
  channel: Channel,
  script: Omit<ChannelScript, 'nonce'>,
  { timeoutMs, maxBytes }: Limits,
): Promise<ChannelAnswer> {
  const nonce = newNonce()
  const out = new Listener(channel.stdout, nonce, maxBytes)
  const err = new Listener(channel.stderr, nonce, maxBytes)
  channel.stdin.write(channelText({ ...script, nonce }))
  const answered = Promise.all([out.answered, err.answered])
  const end = await within<ChannelEnd | undefined>(
    Promise.race([answered.then(() => undefined), channel.ended]),
    timeoutMs,
    () => undefined,
  )
  return {
    mark: err.mark && out.mark,
    hasBegun: out.hasBegun && err.hasBegun,
    end,
    stdout: out.stop(),
    stderr: err.stop(),
    isCut: out.isCut || err.isCut,
  }
}

/** Keeps what comes between the marker of the script's start and that of its answer. */
class Listener {
  readonly answered: Promise<void>
  readonly #stream: Readable
  readonly #scanner: ReturnType<typeof createScanner>
  readonly #chunks: Buffer[] = []
  #bytesLeft: number
  #mark: Mark | undefined
  #hasBegun = false
  #isCut = false
  readonly #read: (bytes: Buffer) => void

  constructor(stream: Readable, nonce: string, maxBytes: number) {
    this.#stream = stream
    this.#scanner = createScanner(nonce)
    this.#bytesLeft = maxBytes
    let finish: () => void
    this.answered = new Promise((resolve) => {
      finish = resolve
    })
    this.#read = (bytes) => {
      const found = this.#scanner.push(bytes)
      for (const [at, item] of found.entries()) {
        if (Buffer.isBuffer(item)) this.#keep(item)
        else if (item.kind === 'b') {
          this.#hasBegun = true
          this.#isCut = false
          this.#bytesLeft = maxBytes
          this.#chunks.splice(0)
        } else {
          this.#mark = item
          this.#giveBack(found.slice(at + 1))
          finish()
          return
        }
      }
    }
    // A search for sudo's prompt paused it.
    stream.on('data', this.#read).resume()
  }

  get mark(): Mark | undefined {
    return this.#mark
  }

  get hasBegun(): boolean {
    return this.#hasBegun
  }

  get isCut(): boolean {
    return this.#isCut
  }

  /** @returns What was kept. */
  stop(): Buffer {
    this.#stream.off('data', this.#read)
    return Buffer.concat([...this.#chunks, this.#scanner.flush()])
  }

  #keep(bytes: Buffer): void {
    const kept = Buffer.from(bytes.subarray(0, this.#bytesLeft))
    this.#bytesLeft -= kept.length
    this.#chunks.push(kept)
    if (kept.length < bytes.length) this.#isCut = true
  }

  #giveBack(behind: readonly (Buffer | Mark)[]): void {
    this.#stream.pause()
    this.#stream.off('data', this.#read)
    const bytes = behind.filter((item) => Buffer.isBuffer(item))
    const rest = Buffer.concat([...bytes, this.#scanner.flush()])
    if (rest.length > 0) this.#stream.unshift(rest)
  }
}
