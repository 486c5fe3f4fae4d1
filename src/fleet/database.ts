/** A pool of connections that survives a restart of the database, and its notifications. */

import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client, ClientConfig, Pool, PoolClient } from 'pg'
import { reasonOf } from '../diagnostic/reason-of.ts'
import { FleetError } from './fleet-error.ts'
import type { loadPostgres } from './load-postgres.ts'
import { messages } from './messages.ts'

type Pg = Awaited<ReturnType<typeof loadPostgres>>['pg']

/** Where Debian's PostgreSQL listens, which `psql` uses for an address without a host. */
const debianSocket = '/var/run/postgresql'

/** Classes and codes of errors after which the same statement may succeed. */
const passing =
  /^(?:08|57P0|25P03|53300|40001|40P01|ECONNREFUSED|ECONNRESET|ENOENT|ENOTFOUND|EPIPE|ETIMEDOUT)/

const channel = 'runbook'

/** A process that is stopped within a transaction must not keep its locks. */
const idleMs = 5000

export class Database {
  readonly #pg: Pg
  readonly #config: ClientConfig
  readonly #pool: Pool
  readonly #closing = new AbortController()
  #listeners = new Set<(payload: string) => void>()
  #listening: Promise<void> | undefined

  constructor(pg: Pg, url: string) {
    this.#pg = pg
    this.#config = {
      connectionString: withSocket(url),
      application_name: 'runbook',
      keepAlive: true,
      idle_in_transaction_session_timeout: idleMs,
    }
    this.#pool = new pg.Pool({ ...this.#config, max: 10, connectionTimeoutMillis: 10_000 })
    // A connection that breaks is replaced at the next query, which also reports a failure.
    this.#pool.on('error', () => {})
    this.#pool.on('connect', (client) => void client.on('error', () => {}))
  }

  /**
   * @throws {FleetError} If the database cannot be reached or refuses the login.
   */
  async check(): Promise<void> {
    try {
      await this.#pool.query('select 1')
    } catch (error) {
      throw new FleetError(messages.unreachable(reasonOf(error)), { help: messages.checkUrl })
    }
  }

  /** One statement, without trying again. */
  once = async (text: string, values?: readonly unknown[]) =>
    this.#pool.query<Record<string, unknown>>(text, values && [...values])

  /** One statement that is safe to repeat; waits for a database that restarts. */
  query(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<readonly Record<string, unknown>[]> {
    return this.#untilBack(async () => (await this.once(text, values)).rows)
  }

  /** One transaction that is safe to repeat. */
  transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    return this.#untilBack(async () => {
      const client = await this.#pool.connect()
      try {
        await client.query('begin')
        const result = await work(client)
        await client.query('commit')
        client.release()
        return result
      } catch (error) {
        // The connection may be in any state: it is not reused.
        client.release(true)
        throw error
      }
    })
  }

  /** Calls back for each notification; also, with an empty payload, after some may have been lost. */
  listen(take: (payload: string) => void): () => void {
    this.#listeners.add(take)
    this.#listening ??= this.#listen()
    return () => this.#listeners.delete(take)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#listening
    await this.#pool.end()
  }

  async #untilBack<T>(work: () => Promise<T>): Promise<T> {
    for (let pauseMs = 100; ; pauseMs = Math.min(2 * pauseMs, 2000)) {
      try {
        return await work()
      } catch (error) {
        if (this.#closing.signal.aborted || !mayPass(error)) throw error
        await sleep(pauseMs, undefined, { signal: this.#closing.signal }).catch(() => {})
      }
    }
  }

  async #listen(): Promise<void> {
    const { signal } = this.#closing
    while (!signal.aborted) {
      const client: Client = new this.#pg.Client(this.#config)
      const gone = new Promise<void>((resolve) => {
        client.on('error', () => resolve())
        client.on('end', () => resolve())
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
      client.on('notification', ({ payload = '' }) => this.#tell(payload))
      try {
        await client.connect()
        await client.query(`listen ${channel}`)
        this.#tell('')
        await gone
      } catch {
        await sleep(500, undefined, { signal }).catch(() => {})
      }
      await client.end().catch(() => {})
    }
  }

  #tell(payload: string): void {
    for (const take of this.#listeners) take(payload)
  }
}

/** An address without a host means this machine's socket, as for `psql`. */
function withSocket(url: string): string {
  const isBare = /^postgres(?:ql)?:\/\/(?:[^@/]*@)?\//.test(url) && !/[?&]host=/.test(url)
  if (!isBare || process.env['PGHOST'] !== undefined || !existsSync(debianSocket)) return url
  return `${url}${url.includes('?') ? '&' : '?'}host=${encodeURIComponent(debianSocket)}`
}

function mayPass(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    passing.test(code) ||
    /Connection terminated|connection timeout|timeout exceeded/i.test(error.message)
  )
}
