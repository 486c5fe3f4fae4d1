/**
 * Opens a separate shell for a person on a host of the run; the run's own shell is not affected.
 */

import { chosenLang } from '../lang.ts'
import { messages } from './messages.ts'
import { resolve } from 'node:path'
import { withCombinedConfig } from '../../inventory/combined-config.ts'
import { HostConfigError } from '../../inventory/host-config-error.ts'
import { checkHostName } from '../../inventory/host-names.ts'
import { isLocalHost } from '../../inventory/resolve-host.ts'
import { say } from '../output.ts'
import { projectSshConfig, type SshConfigOwner } from './project-ssh-config.ts'
import type { Project } from '../project.ts'
import { runInteractive } from '../terminal/step-dialog.ts'

/**
 * Connects as the run does: with the same copy of the project's configuration, then the user's own.
 *
 * @param flag - `--ssh-config`.
 */
export async function openPersonShell(
  host: string,
  project: SshConfigOwner & Pick<Project, 'hostCommands'>,
  flag: string | undefined,
): Promise<void> {
  if (isLocalHost(host)) return runInteractive('bash', [])
  if (project.hostCommands.has(host)) {
    say(`${messages.noShellForPerson(host)[chosenLang([], () => project)]}\n`)
    return undefined
  }
  checkHostName(host)
  const ssh = (...flags: readonly string[]) => runInteractive('ssh', ['-t', ...flags, '--', host])
  if (flag !== undefined) return ssh('-F', resolve(flag))
  const config = projectSshConfig(project)
  if (config === undefined) return ssh()
  // If the run did not store the host key, the person compares it again.
  try {
    await withCombinedConfig(host, config, (file) => ssh('-F', file, ...strict))
  } catch (error) {
    // The configuration changed during the run; the run keeps the one that it read.
    if (!(error instanceof HostConfigError)) throw error
    say(`${error.text[chosenLang([], () => project)]}\n`)
  }
}

/** Always verify the key of a project's host, whatever the user's own configuration says. */
const strict = ['-o', 'StrictHostKeyChecking=ask', '-o', 'UpdateHostKeys=no']
