import { messages } from './messages.ts'
import { statSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { readNamed } from '../../project-files/read-file.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { isOurs } from '../../project-files/file-owner.ts'
import { type Config, readConfig } from './read-config.ts'

/** Path of the user's own configuration. */
export function ownConfigFile(): string {
  const given = process.env['XDG_CONFIG_HOME'] ?? ''
  return join(isAbsolute(given) ? given : join(homedir(), '.config'), 'runbook', 'config.yml')
}

/**
 * The user's own configuration; programs that it names may be started.
 *
 * @throws {UsageError} If it has an error, or other users can write it.
 */
export function readOwnConfig(): Config | undefined {
  const file = ownConfigFile()
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) return undefined
  if (!found.isFile()) throw new UsageError(messages.notRegular(file))
  if (!isOurs(found.uid) || (found.mode & 0o002) !== 0) {
    throw new UsageError(messages.writableByOthers(file), messages.makeItYours(file))
  }
  return readConfig(file, readNamed(file).toString(), 'own')
}
