/**
 * What a host's name stands for: asked of `ssh -G`, which reads Host, Match, Include and all the
 * rest of the user's configuration as `ssh` itself does.
 *
 * What we cannot do as `ssh` would is refused by name, never left out in silence.
 */

import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { access, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { SshTarget } from '../model/ssh-target.ts'
import { HostConfigError } from './host-config-error.ts'
import { checkProjectConfig } from './project-config.ts'
import { toTarget } from './ssh-options.ts'

export interface ResolveOptions {
  /** As `ssh -F`: read instead of all others. */
  readonly sshConfig?: string | undefined
  /** Of the project: read before the user's own, and checked. */
  readonly projectSshConfig?: string | undefined
}

/** Whether a name is this computer, which needs no ssh. */
export function isLocalHost(name: string): boolean {
  return name === 'local'
}

/**
 * `ssh` is started before this returns: the caller's own work is done while it answers.
 *
 * @throws {HostConfigError} For a name or a configuration that cannot be used.
 */
export async function resolveHost(name: string, options: ResolveOptions = {}): Promise<SshTarget> {
  checkHostName(name)
  const { sshConfig, projectSshConfig } = options
  if (sshConfig !== undefined) return resolveWith(name, ['-F', resolve(sshConfig)])
  if (projectSshConfig === undefined) return resolveWith(name, [])
  checkProjectConfig(name, projectSshConfig)
  return withCombined(resolve(projectSshConfig), (file) => resolveWith(name, ['-F', file]))
}

/** @throws {HostConfigError} For what `ssh` would take as an option, or no shell may ever see. */
export function checkHostName(name: string): void {
  if (/^[\p{L}\p{N}_[][\p{L}\p{N}._:@%+/[\]-]*$/u.test(name)) return
  throw new HostConfigError(name, `${JSON.stringify(name)} is no name of a host`)
}

/** Of several values ssh takes the first: the project's, the user's, the system's. */
async function withCombined<T>(projectFile: string, use: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-ssh-'))
  try {
    const file = join(folder, 'config')
    const files = [projectFile, join(userInfo().homedir, '.ssh/config'), '/etc/ssh/ssh_config']
    const lines = files.map((each) => `Include "${each}"\n`)
    writeFileSync(file, lines.join(''), { mode: 0o600 })
    return await use(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** OpenSSH itself stops somewhere: a jump host may be reached by itself. */
const maxJumps = 8

async function resolveWith(name: string, flags: readonly string[], depth = 0): Promise<SshTarget> {
  if (depth > maxJumps) throw new HostConfigError(name, `${name}: more than ${maxJumps} jumps`)
  const options = await askSsh(name, flags)
  const target = toTarget(name, options)
  const jumps: SshTarget[] = []
  for (const spec of options.get('proxyjump')?.[0]?.split(',') ?? []) {
    if (spec === 'none') continue
    const { jump, jumpFlags } = readJump(name, spec)
    const hop = await resolveWith(jump, [...flags, ...jumpFlags], depth + 1)
    // Only the first hop is reached as its own configuration says.
    jumps.push(...(jumps.length === 0 ? hop.jumps : []), { ...hop, jumps: [] })
  }
  return { ...target, jumps }
}

function readJump(
  host: string,
  spec: string,
): { readonly jump: string; readonly jumpFlags: readonly string[] } {
  const [, user, bracketed, plain, port] =
    /^(?:ssh:\/\/)?(?:([^@]+)@)?(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(spec) ?? []
  const jump = bracketed ?? plain
  if (jump === undefined)
    throw new HostConfigError(host, `${host}: \`ProxyJump ${spec}\` is no host`)
  checkHostName(jump)
  const jumpFlags = [
    ...(user === undefined ? [] : ['-l', user]),
    ...(port === undefined ? [] : ['-p', port]),
  ]
  return { jump, jumpFlags }
}

type SshOptions = ReadonlyMap<string, readonly string[]>

async function askSsh(name: string, flags: readonly string[]): Promise<SshOptions> {
  try {
    const { stdout } = await promisify(execFile)('ssh', ['-G', ...flags, '--', name])
    return readOptions(stdout)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return withoutSsh(name, flags)
    }
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    const message = `${name}: ssh cannot read its configuration: ${said || String(error)}`
    throw new HostConfigError(name, message, { cause: error })
  }
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

/** Without the program only what nobody configured can be known. */
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
    const message = `${name}: the ssh configuration is read by \`ssh -G\`: install an OpenSSH client`
    throw new HostConfigError(name, message)
  }
  const [, user = username, hostName = name] = /^(?:([^@]+)@)?(.+)$/.exec(name) ?? []
  return new Map([
    ['hostname', [hostName]],
    ['user', [user]],
    ['port', ['22']],
    ['identityfile', ['id_ed25519', 'id_ecdsa', 'id_rsa'].map((key) => `~/.ssh/${key}`)],
    ['userknownhostsfile', ['~/.ssh/known_hosts']],
    ['globalknownhostsfile', ['/etc/ssh/ssh_known_hosts']],
  ])
}
