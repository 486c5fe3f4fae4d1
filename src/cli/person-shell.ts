import { existsSync } from 'node:fs'
import { checkHostName, isLocalHost } from '../inventory/resolve-host.ts'
import type { Project } from './project.ts'
import { runInteractive } from './step-dialog.ts'

/** A shell of its own for a person on a host of the run: the run's shell is not touched. */
export async function openPersonShell(
  host: string,
  { sshConfig }: Project,
  flag: string | undefined,
): Promise<void> {
  if (isLocalHost(host)) return runInteractive('bash', [])
  checkHostName(host)
  const config = flag ?? (sshConfig !== undefined && existsSync(sshConfig) ? sshConfig : undefined)
  const args = config === undefined ? [host] : ['-F', config, host]
  return runInteractive('ssh', ['-t', ...args])
}
