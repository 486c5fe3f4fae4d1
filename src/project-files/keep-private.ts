import { lstatSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { realInside } from './real-place.ts'

/**
 * Keeps `.runbook/` out of git, because journals are private. Writes `.runbook/.gitignore` unless
 * it exists.
 *
 * @throws {UsageError} If `.runbook` leads out of the project.
 */
export function keepPrivate(root: string): void {
  const folder = realInside(root, join(root, '.runbook'))
  const file = join(folder, '.gitignore')
  if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, '*\n', { flag: 'wx' })
}
