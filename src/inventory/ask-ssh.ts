/** Asks `ssh -G` for a host's options. */

import { reasonOf } from '../diagnostic/reason-of.ts'
import { messages } from './messages.ts'
import { execFile } from 'node:child_process'
import { access } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { HostConfigError } from './host-config-error.ts'

/** By option name in lower case, as `ssh -G` prints it. */
export type SshOptions = ReadonlyMap<string, readonly string[]>

/** Generous: the configuration may resolve names or run the user's own `Match exec`. */
const timeoutMs = 60_000

/** @throws {HostConfigError} With ssh's own message. */
export async function askSsh(name: string, flags: readonly string[]): Promise<SshOptions> {
  try {
    const { stdout } = await promisify(execFile)('ssh', ['-G', ...flags, '--', name], {
      timeout: timeoutMs,
      maxBuffer: 4 * 1024 * 1024,
    })
    return readOptions(stdout)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return withoutSsh(name, flags)
    }
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    const why =
      error instanceof Error && 'killed' in error && error.killed === true
        ? messages.sshTooSlow(timeoutMs / 1000)
        : reasonOf(said || error)
    throw new HostConfigError(name, messages.sshUnreadable(name, why), { cause: error })
  }
}

let defaults: Promise<SshOptions> | undefined

/** ssh's built-in defaults; asked once. */
export function defaultOptions(): Promise<SshOptions> {
  // If ssh fails, treat every list of a host as chosen.
  defaults ??= askSsh('host', ['-F', '/dev/null']).catch(() => new Map())
  return defaults
}

function readOptions(text: string): SshOptions {
  const options = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const at = line.indexOf(' ')
    if (at < 0) continue
    const key = line.slice(0, at)
    options.set(key, [...(options.get(key) ?? []), line.slice(at + 1).trim()])
  }
  return options
}

/** If ssh is not installed, only hosts without configuration can be resolved. */
async function withoutSsh(name: string, flags: readonly string[]): Promise<SshOptions> {
  const { homedir, username } = userInfo()
  const own = join(homedir, '.ssh/config')
  const isConfigured =
    flags.includes('-F') ||
    (await access(own).then(
      () => true,
      () => false,
    ))
  if (isConfigured) {
    throw new HostConfigError(name, messages.noSshClient(name))
  }
  const [, user = username, hostName = name] = /^(?:(.+)@)?(.+)$/.exec(name) ?? []
  return new Map([
    ['hostname', [hostName]],
    ['user', [user]],
    ['port', ['22']],
    ['identityfile', ['id_ed25519', 'id_ecdsa', 'id_rsa'].map((key) => `~/.ssh/${key}`)],
    ['userknownhostsfile', ['~/.ssh/known_hosts']],
    ['globalknownhostsfile', ['/etc/ssh/ssh_known_hosts']],
  ])
}
