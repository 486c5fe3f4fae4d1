/**
 * The queue of lanes: pg-boss with one queue, of which at most one job per host is active. A job means
 * that a lane wants an owner; it is retried when its owner dies, and never because a step failed.
 */

import type { PoolClient } from 'pg'
import type { Db, PgBoss } from 'pg-boss'
import type { Database } from './database.ts'
import type { LaneId } from './lane-store.ts'
import { queueSchema } from './schema.ts'

type Boss = typeof PgBoss

const name = 'lanes'

/** A lane that its workers do not survive is handed on this often. */
const maxHandovers = 1000

/** pg-boss's maximum. An owner that lives longer is replaced, and its heir continues. */
const expireInSeconds = 24 * 60 * 60

/** How often dead owners are looked for; a claim that ends later by this much does no harm. */
const monitorSeconds = 2

export interface QueueOptions {
  /** Whether to look for dead owners. */
  readonly supervises: boolean
}

export class LaneQueue {
  readonly #boss: PgBoss

  private constructor(boss: PgBoss) {
    this.#boss = boss
  }

  static async open(Boss: Boss, database: Database, options: QueueOptions): Promise<LaneQueue> {
    const boss = bossOf(Boss, database, { supervise: options.supervises, migrate: false })
    await boss.start()
    return new LaneQueue(boss)
  }

  /** Creates or upgrades the queue. */
  static async install(Boss: Boss, database: Database, leaseSeconds: number): Promise<void> {
    const boss = bossOf(Boss, database, { supervise: false, migrate: true })
    await boss.start()
    try {
      const settings = { heartbeatSeconds: leaseSeconds, retryLimit: maxHandovers, retryDelay: 0 }
      const queue = await boss.getQueue(name)
      if (queue) await boss.updateQueue(name, { ...settings, expireInSeconds })
      else await boss.createQueue(name, { ...settings, expireInSeconds, policy: 'singleton' })
    } finally {
      await boss.stop({ graceful: false, close: false })
    }
  }

  static isInstalled(Boss: Boss, database: Database): Promise<boolean> {
    return bossOf(Boss, database, { supervise: false, migrate: false }).isInstalled()
  }

  /** @param key - At most one lane with this key has an owner. */
  async add(client: PoolClient, job: string, lane: LaneId, key: string): Promise<void> {
    await this.#boss.send(name, lane, { id: job, singletonKey: key, db: dbOf(client) })
  }

  async take(client: PoolClient): Promise<(LaneId & { readonly job: string }) | undefined> {
    const [job] = await this.#boss.fetch<LaneId>(name, { db: dbOf(client) })
    return job && { run: job.data.run, lane: job.data.lane, job: job.id }
  }

  async keep(job: string): Promise<void> {
    await this.#boss.touch(name, job)
  }

  async complete(client: PoolClient, job: string): Promise<void> {
    await this.#boss.complete(name, job, null, { db: dbOf(client), includeQueued: true })
  }

  async giveBack(client: PoolClient, job: string): Promise<void> {
    await this.#boss.fail(name, job, null, { db: dbOf(client) })
  }

  async counts(): Promise<{ readonly waiting: number; readonly active: number }> {
    const queue = await this.#boss.getQueue(name)
    return { waiting: queue?.queuedCount ?? 0, active: queue?.activeCount ?? 0 }
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false, close: false })
  }
}

function bossOf(
  Boss: Boss,
  database: Database,
  roles: { readonly supervise: boolean; readonly migrate: boolean },
): PgBoss {
  const boss = new Boss({
    ...roles,
    db: { executeSql: database.once },
    schema: queueSchema,
    createSchema: roles.migrate,
    schedule: false,
    superviseIntervalSeconds: monitorSeconds,
    monitorIntervalSeconds: monitorSeconds,
  })
  // Supervision fails while the database restarts, and runs again at its next interval.
  boss.on('error', () => {})
  return boss
}

function dbOf(client: PoolClient): Db {
  return { executeSql: (text, values) => client.query(text, values) }
}
