/** Which database the workers share. */

import { UsageError } from '../../diagnostic/usage-error.ts'
import { openStore } from '../../fleet/open-store.ts'
import type { PostgresStore } from '../../fleet/postgres-store.ts'
import type { Project } from '../project.ts'
import { type Asker, requireTrust } from '../trust/ask-trust.ts'
import { messages } from './messages.ts'

type Owner = Pick<Project, 'database' | 'trust'>

/**
 * `RUNBOOK_DB`, else `database:` of the user's own or of a trusted project's file.
 *
 * @throws {UsageError} If there is none, or the project is not trusted.
 */
export async function databaseUrl(project: Owner, asker: Asker): Promise<string> {
  const given = process.env['RUNBOOK_DB'] ?? ''
  if (given !== '') {
    if (/^postgres(?:ql)?:\/\//.test(given)) return given
    throw new UsageError(messages.wrongDatabase, messages.nameDatabase)
  }
  const { database } = project
  if (!database) throw new UsageError(messages.noDatabase, messages.nameDatabase)
  await requireTrust(project, [database], asker)
  return String(database.command)
}

/** @throws {UsageError | FleetError} */
export async function openDatabase(
  project: Owner,
  asker: Asker,
  { supervises = false }: { readonly supervises?: boolean } = {},
): Promise<PostgresStore> {
  return openStore(await databaseUrl(project, asker), { supervises })
}
