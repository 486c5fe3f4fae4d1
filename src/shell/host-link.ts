/**
 * The connection to one host through a whole run: made again when it was lost, and a second one
 * beside it where the host allows one channel only.
 */

import { type Connection, TransportError } from '../transport/transport.ts'
import { within } from '../transport/within.ts'
import { runScript, type ScriptAnswer, type ScriptRequest } from './run-script.ts'

export interface HostLink {
  /** As the user wrote it. */
  readonly host: string
  /** Whether the connection is known to be gone. */
  readonly isLost: boolean
  /**
   * The connection; a new one where it was lost.
   *
   * @throws {TransportError} When one try to connect failed.
   */
  current(): Promise<Connection>
  /**
   * As `current`, but tries again and again, with pauses of up to 30 s, until `signal` aborts.
   *
   * @throws {TransportError} For what does not pass: a refused login, a changed key.
   */
  again(signal: AbortSignal): Promise<Connection>
  /** Gives the connection up: the next use makes a new one. */
  drop(): Promise<void>
  /** Runs a script next to whatever else goes on. */
  script(request: ScriptRequest): Promise<ScriptAnswer>
  close(): Promise<void>
}

const closeMs = 2000

export function createLink(first: Connection, connect: () => Promise<Connection>): HostLink {
  let connection: Promise<Connection> = Promise.resolve(first)
  let lost = false
  /** The host gives one channel only, and that one follows the shell. */
  let isFull = false
  const markLost = async (made: Connection): Promise<void> => {
    await made.lost
    lost = true
  }
  const watch = (made: Connection): Connection => {
    lost = false
    void markLost(made)
    return made
  }
  watch(first)
  const current = (): Promise<Connection> => {
    if (lost) {
      lost = false
      connection = connect().then(watch, (error: unknown) => {
        lost = true
        throw error
      })
    }
    return connection
  }
  return {
    host: first.host,
    get isLost() {
      return lost
    },
    current,
    async again(signal) {
      for (let pauseMs = 500; ; pauseMs = Math.min(2 * pauseMs, 30_000)) {
        try {
          return await current()
        } catch (error) {
          if (!mayPass(error) || signal.aborted) throw error
        }
        await pause(pauseMs * (0.5 + Math.random()), signal)
      }
    },
    async drop() {
      const last = await connection.catch(() => undefined)
      lost = true
      if (last) await waitFor(last.close())
    },
    async script(request) {
      try {
        if (!isFull) return await runScript(await current(), request)
      } catch (error) {
        if (!(error instanceof TransportError) || error.reason !== 'unsupported') throw error
        isFull = true
      }
      const second = await connect()
      try {
        return await runScript(second, request)
      } finally {
        await waitFor(second.close())
      }
    },
    async close() {
      const last = connection.then(
        (made) => made.close(),
        () => {},
      )
      // Nobody waits for a host that is just being tried again.
      await waitFor(last)
    },
  }
}

/** Waits for something that nothing depends on. */
async function waitFor(closing: Promise<void>): Promise<void> {
  await within(
    closing.catch(() => {}),
    closeMs,
    () => undefined,
  )
}

/** Whether another try may succeed: nothing was refused. */
export function mayPass(error: unknown): boolean {
  return (
    error instanceof TransportError && (error.reason === 'unreachable' || error.reason === 'lost')
  )
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
