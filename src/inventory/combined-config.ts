/** The configuration that ssh is given where a project has one: our copy of it, then the user's. */

import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { type ProjectSshConfig, readProjectConfig } from './project-config.ts'

/**
 * Calls `use` with the file, which lives for as long as that takes.
 *
 * @throws {HostConfigError} For what a project's configuration may not have.
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
    // Of several values ssh takes the first: the project's, the user's, the system's.
    const own = [join(userInfo().homedir, '.ssh/config'), '/etc/ssh/ssh_config']
    const includes = own.map((each) => `Include "${literal(each)}"\n`).join('')
    writeFileSync(file, `${text}Host *\n${includes}`, { mode: 0o600, flag: 'wx' })
    return await use(file, knownHosts)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** `Include` takes patterns. */
function literal(path: string): string {
  return path.replaceAll(/[*?[]/g, '[$&]')
}
