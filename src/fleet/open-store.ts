/** Opens the database of a fleet, and creates or upgrades its tables. */

import { Database } from './database.ts'
import { FleetError } from './fleet-error.ts'
import { LaneQueue, type QueueOptions } from './lane-queue.ts'
import { loadPostgres } from './load-postgres.ts'
import { messages } from './messages.ts'
import { PostgresStore } from './postgres-store.ts'
import { queueSchema, upgrades, upgradeSql } from './schema.ts'

const leaseSetting = 'lease_seconds'

/**
 * @throws {UsageError} If `pg` or `pg-boss` is missing, or this Node is too old.
 * @throws {FleetError} If the database cannot be used, or its tables have another version.
 */
export async function openStore(url: string, options: QueueOptions): Promise<PostgresStore> {
  const { pg, PgBoss } = await loadPostgres()
  const database = new Database(pg, url)
  try {
    await database.check()
    const version = await versionOf(database)
    if (version === 0) throw new FleetError(messages.noTables, { help: messages.runInit })
    if (version !== upgrades.length) {
      const help = version < upgrades.length ? messages.runInit : messages.updateProgram
      throw new FleetError(messages.otherVersion(version, upgrades.length), { help })
    }
    const [setting] = await database.query('select value from runbook.settings where name = $1', [
      leaseSetting,
    ])
    const queue = await LaneQueue.open(PgBoss, database, options)
    return new PostgresStore(database, queue, Number(setting?.['value']) * 1000)
  } catch (error) {
    await database.close()
    throw error
  }
}

/**
 * Creates or upgrades the tables and the queue. Safe to repeat; several may run at once.
 *
 * @returns The version before and now.
 * @throws {FleetError} If the database cannot be used, or is newer than this program.
 */
export async function installFleet(
  url: string,
  leaseSeconds: number,
): Promise<{ readonly from: number; readonly to: number }> {
  const { pg, PgBoss } = await loadPostgres()
  const database = new Database(pg, url)
  try {
    await database.check()
    const to = upgrades.length
    const from = await database.transaction(async (client) => {
      await client.query(`select pg_advisory_xact_lock(hashtext('runbook fleet init'))`)
      const before = await versionOf(database)
      if (before > to) {
        throw new FleetError(messages.otherVersion(before, to), { help: messages.updateProgram })
      }
      if (before < to) await client.query(upgradeSql(before))
      await client.query(
        `insert into runbook.settings (name, value) values ($1, $2)
         on conflict (name) do update set value = $2`,
        [leaseSetting, String(leaseSeconds)],
      )
      return before
    })
    await LaneQueue.install(PgBoss, database, leaseSeconds)
    return { from, to }
  } finally {
    await database.close()
  }
}

/** The SQL that `installFleet` would run now. */
export async function installSql(url: string): Promise<string> {
  const { pg, PgBoss } = await loadPostgres()
  const { getConstructionPlans } = await import('pg-boss')
  const database = new Database(pg, url)
  try {
    await database.check()
    const own = upgradeSql(await versionOf(database))
    const isQueueThere = await LaneQueue.isInstalled(PgBoss, database)
    return isQueueThere ? own : `${own}${getConstructionPlans(queueSchema)}\n`
  } finally {
    await database.close()
  }
}

/** 0: there are no tables. */
async function versionOf(database: Database): Promise<number> {
  const [table] = await database.query(
    `select to_regclass('runbook.versions') is not null as found`,
  )
  if (table?.['found'] !== true) return 0
  const [row] = await database.query(
    'select coalesce(max(version), 0) as version from runbook.versions',
  )
  return Number(row?.['version'])
}
