/**
 * What one run's shell says, one thing after the other, whatever becomes of the connection: bytes of
 * its two outputs, markers between them, and alarms that the client sets for itself.
 *
 * The shell lives on when the connection is lost. The follower knows how many bytes of each output it
 * has, and follows again from there. It pauses the streams when nobody takes what they bring.
 */

import { reasonOf } from '../diagnostic/reason-of.ts'
import type { Message } from '../model/message.ts'
import type { Channel, ChannelEnd } from '../transport/transport.ts'
import { within } from '../transport/within.ts'
import { type HostLink, mayPass } from '../transport/host-link.ts'
import { createShellScanner, type Mark, type Scanner } from './marker.ts'
import type { Alarm } from './command-clock.ts'
import type { Account } from './open-channel.ts'
import { followAgain, type ShellPlace } from './open-shell.ts'
import { anewItem, channelItem, type ChannelScript, lastItem } from './protocol.ts'
import { timeLimit } from '../transport/within.ts'

export type StreamName = 'out' | 'err'

export type Heard =
  | { readonly kind: 'output'; readonly stream: StreamName; readonly bytes: Buffer }
  | { readonly kind: 'mark'; readonly stream: StreamName; readonly mark: Mark }
  | { readonly kind: 'alarm'; readonly alarm: Alarm }
  /** The connection was lost and is there again: what was sent may not have arrived. */
  | { readonly kind: 'attached' }
  | { readonly kind: 'lost'; readonly cause: Message }

export interface FollowedShell {
  readonly link: HostLink
  readonly user: Account | undefined
  /** A channel that follows the shell from `place` on. */
  readonly channel: Channel
  readonly place: ShellPlace
  /** Of the last command whose end was read before. */
  readonly lastRead: number
}

type Listened = Extract<Heard, { kind: 'output' | 'mark' }>
type Chunk = Extract<Listened, { kind: 'output' }>

/** Bytes that may wait here. */
const fullBytes = 512 * 1024
/**
 * Of what is taken at once: more saves little, and a string that is longer than 128 KiB lives where
 * V8 makes room for it at ten times the cost.
 */
const pieceBytes = 80 * 1024
/** From here on it is worth to see what else has come. */
const manyBytes = 32 * 1024

/** How long the host may take to see that nobody follows any more. */
const detachMs = 2000
/** And what it was given to do last: a trap may take its time. */
const lastMs = 15_000
/** Of what it says then. */
const lastBytes = 64 * 1024

export class Follower {
  readonly #link: HostLink
  readonly #user: Account | undefined
  readonly #place: ShellPlace
  readonly #scanners: Readonly<Record<StreamName, Scanner>>
  readonly #taken: Record<StreamName, number>
  #channel: Channel
  #chunks: Chunk[] = []
  #chunkBytes = 0
  #listened: Listened[] = []
  #alarms: Alarm[] = []
  #wake: (() => void) | undefined
  #hasEnded = false
  #wasMuch = false
  #isDetached = false
  #isLost = false
  #isAtStart = true
  #restarts = 0
  #skipsTo = 0
  #anewAt: number | undefined
  /** Outputs whose new files have not begun. */
  readonly #awaited = new Set<StreamName>()

  constructor({ link, user, channel, place, lastRead }: FollowedShell) {
    this.#link = link
    this.#user = user
    this.#place = place
    this.#taken = { ...place.offsets }
    this.#scanners = {
      out: createShellScanner(place.nonce, lastRead),
      err: createShellScanner(place.nonce, lastRead),
    }
    this.#channel = channel
    this.#listen(channel)
  }

  /** Bytes of each output that `next` has given. */
  get taken(): Readonly<Record<StreamName, number>> {
    return this.#taken
  }

  /** How often the shell was started again. */
  get restarts(): number {
    return this.#restarts
  }

  /** Whether something has come that was not given yet. */
  get isBehind(): boolean {
    return this.#listened.length > 0 || this.#chunks.length > 0
  }

  /** Nobody follows the shell any more; whether it lives is not known. */
  get isLost(): boolean {
    return this.#isLost
  }

  /** Whether the channel has ended that follows it now. */
  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** To be given by `next`, before what was printed and not read yet. */
  ring(alarm: Alarm): void {
    this.#alarms.push(alarm)
    this.#wakeUp()
  }

  clearAlarms(): void {
    this.#alarms = []
  }

  /** What comes up to the end of this number belongs to nobody any more; 0: nothing. */
  skipTo(number: number): void {
    this.#skipsTo = number
  }

  /**
   * What is printed from this number on goes to new files: what earlier commands left running is not
   * heard any more. To be called while nothing runs, before the frame is sent.
   */
  beginAnew(number: number): void {
    this.#anewAt = number
    for (const stream of ['out', 'err'] as const) this.#awaited.add(stream)
    this.sendItem(anewItem(number))
    // A shell that ended meanwhile may have said so to the files of before.
    this.#isAtStart = true
  }

  giveUp(): void {
    this.#isLost = true
  }

  /** Sends frames; where the shell may be a new one, from where on they are meant for it. */
  send(frames: string): void {
    if (frames === '') return
    const start = this.#isAtStart ? channelItem(`: ${this.#place.nonce}\n`) : ''
    this.#isAtStart = false
    this.#channel.stdin.write(`${start}${frames}`)
  }

  /** Sends an item for the channel itself. */
  sendItem(item: string): void {
    this.#channel.stdin.write(item)
  }

  /**
   * @param awayMs - How long a lost connection may stay away.
   * @param signal - Once it aborts, a lost connection is not waited for.
   */
  async next(awayMs: number, signal: AbortSignal): Promise<Heard> {
    for (;;) {
      const listened = this.#listened.shift()
      if (listened) {
        if (this.#belongs(listened)) return listened
        continue
      }
      const alarm = this.#alarms.shift()
      if (alarm !== undefined) return { kind: 'alarm', alarm }
      // A flood is read in big pieces: each costs as much as a small one.
      if (this.#wasMuch) await new Promise((resolve) => setImmediate(resolve))
      this.#wasMuch = false
      if (this.#chunks.length > 0) this.#scan()
      else if (this.#hasEnded) return await this.#attach(awayMs, signal)
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      }
    }
  }

  /**
   * Ends the client's side only; what follows the shell on the host has ended then.
   *
   * @param last - What that runs before it ends.
   * @returns What was printed last; `undefined` where it has not ended by itself.
   */
  async detach(last?: Omit<ChannelScript, 'nonce'>): Promise<Buffer | undefined> {
    const channel = this.#channel
    this.#isDetached = true
    this.#chunks = []
    let said: Buffer = Buffer.alloc(0)
    channel.stdout.on('data', (bytes: Buffer) => {
      said = Buffer.concat([said, bytes]).subarray(-lastBytes)
    })
    for (const stream of [channel.stdout, channel.stderr]) stream.resume()
    channel.stdin.end(last && lastItem(last))
    const ms = last ? lastMs : detachMs
    const end = await within<ChannelEnd | undefined>(channel.ended, ms, () => undefined)
    channel.close()
    return end?.kind === 'code' && end.code === 0 ? said : undefined
  }

  #listen(channel: Channel): void {
    const streams = { out: channel.stdout, err: channel.stderr }
    const put = (stream: StreamName) => (bytes: Buffer) => {
      if (this.#isDetached || this.#channel !== channel) return
      this.#chunks.push({ kind: 'output', stream, bytes })
      this.#chunkBytes += bytes.length
      // Both: they share one window, and each waits for the other.
      if (this.#chunkBytes >= fullBytes) for (const each of Object.values(streams)) each.pause()
      this.#wakeUp()
    }
    streams.out.on('data', put('out'))
    streams.err.on('data', put('err'))
    // They were paused when their first bytes had been read.
    for (const each of Object.values(streams)) each.resume()
    void this.#watch(channel)
  }

  async #watch(channel: Channel): Promise<void> {
    await channel.ended
    if (this.#channel !== channel) return
    this.#hasEnded = true
    this.#wakeUp()
  }

  #wakeUp(): void {
    this.#wake?.()
    this.#wake = undefined
  }

  /** Reads on, in pieces of one output. */
  #scan(): void {
    const [first] = this.#chunks
    if (!first) return
    let count = 0
    let size = 0
    for (const { stream, bytes } of this.#chunks) {
      if (stream !== first.stream || size >= pieceBytes) break
      count++
      size += bytes.length
    }
    const pieces = this.#chunks.splice(0, count).map(({ bytes }) => bytes)
    const bytes = count === 1 ? first.bytes : Buffer.concat(pieces)
    this.#wasMuch = size >= manyBytes
    this.#chunkBytes -= size
    if (this.#chunkBytes < fullBytes)
      for (const each of [this.#channel.stdout, this.#channel.stderr]) each.resume()
    const { stream } = first
    const found = this.#scanners[stream].push(bytes)
    for (const item of found)
      this.#listened.push(
        Buffer.isBuffer(item)
          ? { kind: 'output', stream, bytes: item }
          : { kind: 'mark', stream, mark: item },
      )
  }

  #isAnew({ kind, fields }: Mark): boolean {
    return kind === 'n' && fields[0] === String(this.#anewAt)
  }

  /** Takes note of what is read; whether it is anybody's. */
  #belongs(listened: Listened): boolean {
    const { stream } = listened
    if (listened.kind === 'output') {
      this.#taken[stream] += listened.bytes.length
      return this.#skipsTo === 0 && !this.#awaited.has(stream)
    }
    const { mark } = listened
    this.#taken[stream] += mark.bytes
    if (this.#isAnew(mark)) {
      this.#taken[stream] = 0
      this.#awaited.delete(stream)
      return false
    }
    if (this.#awaited.has(stream)) return false
    // What a terminal says is no end.
    if (mark.kind === 't') return this.#skipsTo === 0
    // One that did not fit on a full disk; the whole one follows.
    if (mark.fields.length < 4) return false
    if (Number(mark.fields[0]) >= this.#skipsTo) this.#skipsTo = 0
    if (stream === 'out' && (mark.kind === 'x' || mark.kind === 'g')) {
      this.#restarts++
      this.#isAtStart = true
    }
    return true
  }

  async #attach(awayMs: number, signal: AbortSignal): Promise<Heard> {
    const limit = timeLimit(awayMs, signal)
    try {
      for (;;) {
        const cause = await this.#tryToAttach(limit.signal)
        if (cause === undefined) return { kind: 'attached' }
        if (mayPass(cause) && !limit.signal.aborted) {
          // It may be lost again before it follows; one that opens no channel is as good as lost.
          await this.#link.drop()
          continue
        }
        this.#isLost = true
        return { kind: 'lost', cause: reasonOf(cause) }
      }
    } finally {
      limit.stop()
    }
  }

  /** @returns Why it cannot follow; `undefined`: it does. */
  async #tryToAttach(limit: AbortSignal): Promise<Error | undefined> {
    try {
      const connection = await this.#link.again(limit)
      for (const stream of this.#awaited) {
        // The host begins them now, where it has not done so.
        this.#taken[stream] = 0
        this.#scanners[stream].flush()
      }
      this.#awaited.clear()
      // All that has come was given by now, but for what may become a marker.
      const { out, err } = this.#scanners
      const offsets = { out: this.#taken.out + out.keptBytes, err: this.#taken.err + err.keptBytes }
      const place = { ...this.#place, offsets, anewAt: this.#anewAt }
      this.#channel = await followAgain(connection, this.#user, place)
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
    this.#hasEnded = false
    this.#listen(this.#channel)
    // What said it may have been lost with the connection.
    this.#isAtStart = true
    return undefined
  }
}
