/** The configuration passed to ssh in a project: our copy of the project's, then the user's. */

import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { type ProjectSshConfig, readProjectConfig } from './project-config.ts'

/**
 * Calls `use` with the file and removes the file afterwards.
 *
 * @throws {HostConfigError} If the project's configuration holds something not allowed.
 */
export async function withCombinedConfig<T>(
  host: string,
  project: ProjectSshConfig,
  use: (file: string, knownHosts: readonly string[]) => Promise<T>,
): Promise<T> {
  const { text, knownHosts } = readProjectConfig(host, project)
  const folder = mkdtempSync(join(tmpdir(), 'runbook-ssh-'))
  try {
    const file = join(folder, 'config')
    // ssh uses the first of several values: the project's, the user's, the system's.
    const own = [join(userInfo().homedir, '.ssh/config'), '/etc/ssh/ssh_config']
    const includes = own.map((each) => `Include "${literal(each)}"\n`).join('')
    writeFileSync(file, `${text}Host *\n${includes}`, { mode: 0o600, flag: 'wx' })
    return await use(file, knownHosts)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Escapes glob characters, because `Include` takes patterns. */
function literal(path: string): string {
  return path.replaceAll(/[*?[]/g, '[$&]')
}
