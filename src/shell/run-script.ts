/**
 * Runs one of our scripts in a channel's bash and reads its answer.
 *
 * It ends with the answer's markers, not with the channel, because a login shell's leftover
 * processes may keep that open.
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
  /** Limit of each output; the rest is dropped. */
  readonly maxBytes: number
}

export interface ScriptRequest extends Omit<ChannelScript, 'nonce'>, Limits {
  /** The user to become with sudo; `undefined`: the login user. */
  readonly user: Account | undefined
}

export interface ScriptAnswer {
  /** `undefined`: it timed out, or the channel ended first. */
  readonly status: number | undefined
  readonly stdout: Buffer
  readonly stderr: Buffer
  /** Whether an output exceeded `maxBytes`. */
  readonly isCut: boolean
}

/**
 * Runs a script independently of the run's shell.
 *
 * @throws {ShellError} If no shell can run it.
 * @throws {TransportError} If no channel can be opened.
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
  /** The marker on the first output, if both outputs have one. */
  readonly mark: Mark | undefined
  /** Whether the script has started; earlier output comes from a login shell. */
  readonly hasBegun: boolean
  /** Set if the channel ended before the answer. */
  readonly end: ChannelEnd | undefined
}

/** The channel stays open; bytes after the answer go back to its streams. */
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

/** Keeps the bytes between the script's start marker and its answer marker. */
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
    // A search for sudo's prompt has paused it.
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

  /** @returns The kept bytes. */
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
