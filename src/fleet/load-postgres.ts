/** Loads `pg` and `pg-boss`, which are optional: only commands with workers need them. */

import { UsageError } from '../diagnostic/usage-error.ts'
import { messages } from './messages.ts'

/** The first versions with `require` of ES modules, by major; pg-boss is one. */
const firstNode: Readonly<Record<number, number>> = { 20: 19, 22: 12 }

/** @throws {UsageError} Naming both versions. */
export function refuseOldNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isOld = major < 20 || major === 21 || minor < (firstNode[major] ?? 0)
  if (isOld) throw new UsageError(messages.oldNode(major > 20 ? '22.12' : '20.19', version))
}

/** @throws {UsageError} If this Node is too old, or they are not installed. */
export async function loadPostgres() {
  refuseOldNode(process.versions.node)
  try {
    const [{ default: pg }, { PgBoss }] = await Promise.all([import('pg'), import('pg-boss')])
    return { pg, PgBoss }
  } catch (error) {
    if (!isMissing(error)) throw error
    throw new UsageError(messages.notInstalled, messages.install)
  }
}

function isMissing(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  return error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND'
}
