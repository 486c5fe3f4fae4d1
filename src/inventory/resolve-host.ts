/**
 * Resolves a host's name with `ssh -G`, which reads Host, Match, Include and the rest of the user's
 * configuration exactly as `ssh` does.
 *
 * Refuses options that we cannot honour, by name; none is silently ignored.
 */

import { messages } from './messages.ts'
import { resolve } from 'node:path'
import type { SshTarget } from '../model/ssh-target.ts'
import { askSsh, defaultOptions } from './ask-ssh.ts'
import { withCombinedConfig } from './combined-config.ts'
import { HostConfigError } from './host-config-error.ts'
import { checkHostName, readHostAddress, withoutBrackets } from './host-names.ts'
import type { ProjectSshConfig } from './project-config.ts'
import { findRedefinition, type Redefinition, redefinitionText } from './redefinition.ts'
import { toTarget } from './ssh-options.ts'

export interface ResolveOptions {
  /** As `ssh -F`: replaces all other configuration. */
  readonly sshConfig?: string | undefined
  /** The project's configuration: checked, and read before the user's own. */
  readonly projectSshConfig?: ProjectSshConfig | undefined
  /**
   * Decides whether to connect to one of the user's hosts as the project redefines it. Without it,
   * that is refused.
   */
  readonly onRedefined?: ((redefinition: Redefinition) => Promise<boolean>) | undefined
}

/** Whether a name means this computer, which needs no ssh. */
export function isLocalHost(name: string): boolean {
  return name === 'local'
}

/**
 * Starts `ssh` before it returns, so that the caller can work meanwhile.
 *
 * @throws {HostConfigError} If the name or the configuration is unusable.
 */
export async function resolveHost(name: string, options: ResolveOptions = {}): Promise<SshTarget> {
  checkHostName(name)
  const { sshConfig, projectSshConfig, onRedefined } = options
  if (sshConfig !== undefined) return resolveWith(name, { flags: ['-F', resolve(sshConfig)] })
  if (projectSshConfig === undefined) return resolveWith(name, { flags: [] })
  return withCombinedConfig(name, projectSshConfig, (file, knownHosts) =>
    resolveWith(name, {
      flags: ['-F', file],
      project: projectSshConfig.file,
      knownHosts,
      onRedefined,
    }),
  )
}

/** OpenSSH has a limit too: a jump host may be configured to jump through itself. */
const maxJumps = 8

interface Asking extends Pick<ResolveOptions, 'onRedefined'> {
  readonly flags: readonly string[]
  /** The project's file, if `flags` include it. */
  readonly project?: string
  readonly knownHosts?: readonly string[]
}

async function resolveWith(name: string, asking: Asking, depth = 0): Promise<SshTarget> {
  if (depth > maxJumps) throw new HostConfigError(name, messages.tooManyJumps(name, maxJumps))
  const [options, defaults, own] = await Promise.all([
    askSsh(name, asking.flags),
    defaultOptions(),
    asking.project === undefined ? undefined : askSsh(name, ownFlags(asking.flags)),
  ])
  if (asking.project !== undefined && own) {
    const found = await findRedefinition(name, asking.project, {
      own,
      combined: options,
      flags: ownFlags(asking.flags),
    })
    if (found && !(await asking.onRedefined?.(found))) {
      throw new HostConfigError(name, redefinitionText(found))
    }
  }
  const target = toTarget(name, options, { defaults, own, knownHosts: asking.knownHosts ?? [] })
  const jumps: SshTarget[] = []
  for (const spec of options.get('proxyjump')?.[0]?.split(',') ?? []) {
    if (spec === 'none') continue
    const { jump, jumpFlags } = readJump(name, spec)
    const flags = [...asking.flags, ...jumpFlags]
    const hop = await resolveWith(jump, { ...asking, flags }, depth + 1)
    // Only the first hop uses its own jump hosts.
    jumps.push(...(jumps.length === 0 ? hop.jumps : []), { ...hop, jumps: [] })
  }
  return { ...target, jumps }
}

/** Keeps the options set for a jump host, and drops the configuration files. */
function ownFlags(flags: readonly string[]): readonly string[] {
  return flags.slice(2)
}

function readJump(
  host: string,
  spec: string,
): { readonly jump: string; readonly jumpFlags: readonly string[] } {
  const found = readHostAddress(spec)
  if (found === undefined) throw new HostConfigError(host, messages.notAJump(host, spec))
  const jumpFlags = [
    ...(found.user === undefined ? [] : ['-l', found.user]),
    ...(found.port === undefined ? [] : ['-p', found.port]),
  ]
  return { jump: withoutBrackets(found.host), jumpFlags }
}
