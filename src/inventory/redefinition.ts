/**
 * Detects that a project's ssh configuration redirects one of the user's own hosts. The person must
 * then confirm, because a repository's `prod` may not be theirs.
 */

import { clauses, type Message } from '../model/message.ts'
import { messages } from './messages.ts'
import { visibleText } from '../text/visible-text.ts'
import { askSsh, type SshOptions } from './ask-ssh.ts'
import { readHostAddress } from './host-names.ts'

export interface Redefinition {
  readonly host: string
  /** The project's file. */
  readonly file: string
  readonly changes: readonly {
    readonly option: string
    readonly own: string
    readonly projects: string
  }[]
}

/** Options that decide the machine, the user, and the trusted keys. */
const decisive = new Map([
  ['hostname', 'HostName'],
  ['user', 'User'],
  ['port', 'Port'],
  ['proxyjump', 'ProxyJump'],
  ['proxycommand', 'ProxyCommand'],
  ['hostkeyalias', 'HostKeyAlias'],
  ['userknownhostsfile', 'UserKnownHostsFile'],
  ['globalknownhostsfile', 'GlobalKnownHostsFile'],
  ['identityfile', 'IdentityFile'],
])

/** A name that no configuration defines: its options apply to every host. */
const nobody = 'runbook-asks-what-holds-for-every-host'

const asked = new Map<string, Promise<SshOptions>>()

function askOfEverybody(flags: readonly string[]): Promise<SshOptions> {
  const key = flags.join(' ')
  const answer = asked.get(key) ?? askSsh(nobody, flags)
  asked.set(key, answer)
  return answer
}

/**
 * @returns `undefined` if the user's configuration does not define the host, or the project does
 * not change it.
 */
export async function findRedefinition(
  host: string,
  file: string,
  {
    own,
    combined,
    flags,
  }: {
    readonly own: SshOptions
    readonly combined: SshOptions
    /** Flags of both queries, without the configuration file. */
    readonly flags: readonly string[]
  },
): Promise<Redefinition | undefined> {
  const changed = [...decisive.keys()].filter((key) => valueOf(own, key) !== valueOf(combined, key))
  if (changed.length === 0) return undefined
  const everybody = await askOfEverybody(flags)
  const isOwn = [...decisive.keys()].some((key) => {
    if (key === 'user' && host.includes('@')) return false
    const value = valueOf(own, key)
    if (key === 'hostname') return value !== nameOf(host)
    if (key === 'port' && host.startsWith('ssh://')) return false
    return value !== valueOf(everybody, key)
  })
  if (!isOwn) return undefined
  const changes = changed.map((key) => ({
    option: decisive.get(key) ?? key,
    own: valueOf(own, key) || 'none',
    projects: valueOf(combined, key) || 'none',
  }))
  return { host, file, changes }
}

/** The differences, and the two ways to continue. */
export function redefinitionText(redefinition: Redefinition): Message {
  return messages.redefined(redefinition.host, redefinition.file, changesOf(redefinition))
}

/** A yes/no question for a person. */
export function redefinitionQuestion(redefinition: Redefinition): Message {
  const { host, file } = redefinition
  return messages.askRedefined(visibleText(host), file, changesOf(redefinition))
}

function changesOf({ changes }: Redefinition): Message {
  return clauses(
    changes.map(({ option, own, projects }) =>
      messages.change(option, visibleText(own), visibleText(projects)),
    ),
  )
}

function valueOf(options: SshOptions, key: string): string {
  const value = (options.get(key) ?? []).join(' ')
  return value === 'none' ? '' : value
}

function nameOf(host: string): string {
  const name = host.startsWith('ssh://')
    ? readHostAddress(host)?.host
    : host.slice(host.lastIndexOf('@') + 1)
  return (name ?? host).toLowerCase()
}
