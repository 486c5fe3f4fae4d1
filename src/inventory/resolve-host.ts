/**
 * What a host's name stands for: asked of `ssh -G`, which reads Host, Match, Include and all the
 * rest of the user's configuration as `ssh` itself does.
 *
 * What we cannot do as `ssh` would is refused by name, never left out in silence.
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
  /** As `ssh -F`: read instead of all others. */
  readonly sshConfig?: string | undefined
  /** Of the project: read before the user's own, and checked. */
  readonly projectSshConfig?: ProjectSshConfig | undefined
  /**
   * Whether a host of the user's own configuration may be reached as the project's has it. Without
   * it, it may not.
   */
  readonly onRedefined?: ((redefinition: Redefinition) => Promise<boolean>) | undefined
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

/** OpenSSH itself stops somewhere: a jump host may be reached by itself. */
const maxJumps = 8

interface Asking extends Pick<ResolveOptions, 'onRedefined'> {
  readonly flags: readonly string[]
  /** The project's file, where `flags` bring it in. */
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
    // Only the first hop is reached as its own configuration says.
    jumps.push(...(jumps.length === 0 ? hop.jumps : []), { ...hop, jumps: [] })
  }
  return { ...target, jumps }
}

/** What was said of a jump host stays; the file of the project and of the user does not. */
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
