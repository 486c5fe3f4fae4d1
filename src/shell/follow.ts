/**
 * Follows a run's shell across connections: yields the bytes of its two outputs, the markers
 * between them, and alarms that the client sets.
 *
 * The shell survives a lost connection. The follower knows its byte offset in each output and
 * attaches again from there. It pauses the streams while its caller does not read.
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
  /** A lost connection is back; frames sent before may not have arrived. */
  | { readonly kind: 'attached' }
  | { readonly kind: 'lost'; readonly cause: Message }

export interface FollowedShell {
  readonly link: HostLink
  readonly user: Account | undefined
  /** A channel that follows the shell from `place` on. */
  readonly channel: Channel
  readonly place: ShellPlace
  /** Number of the last command whose end was read before. */
  readonly lastRead: number
}

type Listened = Extract<Heard, { kind: 'output' | 'mark' }>
type Chunk = Extract<Listened, { kind: 'output' }>

/** Limit of buffered bytes. */
const fullBytes = 512 * 1024
/**
 * Size of one piece: larger pieces save little, and V8 allocates strings above 128 KiB at ten times
 * the cost.
 */
const pieceBytes = 80 * 1024
/** Above this size, check for more data before returning. */
const manyBytes = 32 * 1024

/** Grace period for the host to notice that the client has detached. */
const detachMs = 2000
/** Time limit for its last script: a trap may take a while. */
const lastMs = 15_000
/** Limit of that script's output. */
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
  /** Outputs whose new files have not started. */
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

  /** Bytes of each output that `next` has returned. */
  get taken(): Readonly<Record<StreamName, number>> {
    return this.#taken
  }

  /** Number of times that the shell was restarted. */
  get restarts(): number {
    return this.#restarts
  }

  /** Whether there is data that `next` has not returned. */
  get isBehind(): boolean {
    return this.#listened.length > 0 || this.#chunks.length > 0
  }

  /** The shell is no longer followed; whether it runs is unknown. */
  get isLost(): boolean {
    return this.#isLost
  }

  /** Whether the current channel has ended. */
  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Queues an alarm; `next` returns it before output that is not read yet. */
  ring(alarm: Alarm): void {
    this.#alarms.push(alarm)
    this.#wakeUp()
  }

  clearAlarms(): void {
    this.#alarms = []
  }

  /** Discards output up to the end of this command number; 0: none. */
  skipTo(number: number): void {
    this.#skipsTo = number
  }

  /**
   * From this number on, output goes to new files, so that processes left running are no longer
   * heard. Call it while nothing runs, before sending the frame.
   */
  beginAnew(number: number): void {
    this.#anewAt = number
    for (const stream of ['out', 'err'] as const) this.#awaited.add(stream)
    this.sendItem(anewItem(number))
    // A shell that exited meanwhile may have reported it in the old files.
    this.#isAtStart = true
  }

  giveUp(): void {
    this.#isLost = true
  }

  /** Sends frames; if the shell may be a new one, also where it must start reading. */
  send(frames: string): void {
    if (frames === '') return
    const start = this.#isAtStart ? channelItem(`: ${this.#place.nonce}\n`) : ''
    this.#isAtStart = false
    this.#channel.stdin.write(`${start}${frames}`)
  }

  /** Sends an item to the channel itself. */
  sendItem(item: string): void {
    this.#channel.stdin.write(item)
  }

  /**
   * @param awayMs - How long to wait for a lost connection.
   * @param signal - If aborted, do not wait for a lost connection.
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
      // Read a flood in large pieces, because each costs as much as a small one.
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
   * Ends the client's side only; the follower on the host has ended then.
   *
   * @param last - A script that the host runs before.
   * @returns That script's output; `undefined` if the channel did not end by itself.
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
      // Pause both: they share one window, and each waits for the other.
      if (this.#chunkBytes >= fullBytes) for (const each of Object.values(streams)) each.pause()
      this.#wakeUp()
    }
    streams.out.on('data', put('out'))
    streams.err.on('data', put('err'))
    // They were paused after their first bytes.
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

  /** Reads more, in pieces of one output. */
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

  /** Records what was read; returns whether it belongs to a current command. */
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
    // A terminal's marker does not end a command.
    if (mark.kind === 't') return this.#skipsTo === 0
    // This marker did not fit on a full disk; a complete one follows.
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
          // The connection may be lost again before it follows; one that opens no channel counts as
          // lost.
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

  /** @returns Why it cannot attach; `undefined`: it has. */
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
    // The message about them may have been lost with the connection.
    this.#isAtStart = true
    return undefined
  }
}
