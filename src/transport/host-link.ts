/**
 * The connection to one host through a whole run: made again when it was lost, and a second one
 * beside it where the host allows one channel only.
 */

import { setTimeout as sleep } from 'node:timers/promises'
import { type Connection, TransportError } from './transport.ts'
import { within } from './within.ts'

const closeMs = 2000

export class HostLink {
  /** As the user wrote it. */
  readonly host: string
  readonly #connect: () => Promise<Connection>
  #connection: Promise<Connection>
  #isLost = false
  /** The host gives one channel only, and that one is in use. */
  #isFull = false

  constructor(first: Connection, connect: () => Promise<Connection>) {
    this.host = first.host
    this.#connect = connect
    this.#connection = Promise.resolve(this.#watched(first))
  }

  /** Whether the connection is known to be gone. */
  get isLost(): boolean {
    return this.#isLost
  }

  /**
   * The connection; a new one where it was lost.
   *
   * @throws {TransportError} When one try to connect failed.
   */
  current(): Promise<Connection> {
    if (this.#isLost) {
      this.#isLost = false
      this.#connection = this.#connect().then(
        (made) => this.#watched(made),
        (error: unknown) => {
          this.#isLost = true
          throw error
        },
      )
    }
    return this.#connection
  }

  /**
   * As `current`, but tries again and again, with pauses of up to 30 s, until `signal` aborts.
   *
   * @throws {TransportError} For what does not pass: a refused login, a changed key.
   */
  async again(signal: AbortSignal): Promise<Connection> {
    for (let pauseMs = 500; ; pauseMs = Math.min(2 * pauseMs, 30_000)) {
      try {
        return await this.current()
      } catch (error) {
        if (!mayPass(error) || signal.aborted) throw error
      }
      await sleep(pauseMs * (0.5 + Math.random()), undefined, { signal }).catch(() => {})
    }
  }

  /**
   * Uses a channel next to whatever else goes on.
   *
   * @throws {TransportError}
   */
  async beside<T>(use: (connection: Connection) => Promise<T>): Promise<T> {
    try {
      if (!this.#isFull) return await use(await this.current())
    } catch (error) {
      if (!(error instanceof TransportError) || error.reason !== 'unsupported') throw error
      this.#isFull = true
    }
    const second = await this.#connect()
    try {
      return await use(second)
    } finally {
      await closed(second)
    }
  }

  /** Gives the connection up: the next use makes a new one. */
  async drop(): Promise<void> {
    const last = await this.#connection.catch(() => undefined)
    this.#isLost = true
    if (last) await closed(last)
  }

  /** A host that is just being tried again is not waited for longer than one that closes. */
  async close(): Promise<void> {
    await within(
      this.#connection.then(closed, () => {}),
      closeMs,
      () => undefined,
    )
  }

  #watched(made: Connection): Connection {
    this.#isLost = false
    void this.#markLost(made)
    return made
  }

  async #markLost(made: Connection): Promise<void> {
    await made.lost
    this.#isLost = true
  }
}

/** Nothing depends on it: it is waited for, but not for long. */
async function closed(connection: Connection): Promise<void> {
  const closing = connection.close().catch(() => {})
  await within(closing, closeMs, () => undefined)
}

/** Whether another try may succeed: nothing was refused. */
export function mayPass(error: unknown): boolean {
  return (
    error instanceof TransportError && (error.reason === 'unreachable' || error.reason === 'lost')
  )
}
