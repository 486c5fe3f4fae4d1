/**
 * What an ssh configuration that lies in a project may say: a list of what is allowed, because a
 * keyword that we do not know may run a program on this computer, or open it to a host.
 */

import { isHostName, isPort, isUserName, readHostAddress } from './host-names.ts'
import { algorithmOptions } from './ssh-algorithms.ts'

/** What is wrong with a value; `undefined`: nothing. */
type Check = (value: string) => string | undefined

export interface ProjectKeyword {
  /** As it is written for ssh. */
  readonly name: string
  readonly check: Check
  /** More than one value may follow. */
  readonly isList: boolean
  /** A path of a known_hosts file, which ssh may write to. */
  readonly isKnownHosts: boolean
  /** ssh takes the rest of the line as it is: quotes and remarks too. */
  readonly isRaw: boolean
}

const allowed = new Map<string, ProjectKeyword>()

function allow(names: string, check: Check, options: Partial<ProjectKeyword> = {}): void {
  for (const name of names.split(' '))
    allowed.set(name.toLowerCase(), {
      name,
      check,
      isList: false,
      isKnownHosts: false,
      isRaw: false,
      ...options,
    })
}

function oneOf(...values: readonly string[]): Check {
  return (value) =>
    values.includes(value.toLowerCase()) ? undefined : `may be ${values.join(', ')} here`
}

function matching(pattern: RegExp, what: string): Check {
  return (value) => (pattern.test(value) ? undefined : `is no ${what}`)
}

const yesOrNo = oneOf('yes', 'no', 'true', 'false')
const time = matching(/^(?:\d{1,6}[smhdwSMHDW]?)+$|^none$/, 'time in seconds')
const count = matching(/^\d{1,6}$/, 'number')

allow('Host', matching(/^!?[\p{L}\p{N}\p{M}._:*?@%+[\]-]+$/u, 'pattern of host names'), {
  isList: true,
})
allow('HostName', (value) =>
  isHostName(value.replaceAll('%h', 'h')) ? undefined : 'is no name of a host',
)
allow('User', (value) =>
  isUserName(value) && !value.includes('%') ? undefined : 'is no name of a user',
)
allow('HostKeyAlias', (value) => (isHostName(value) ? undefined : 'is no name of a host'))
allow('Port', (value) => (isPort(value) ? undefined : 'is no port'))
allow('ProxyJump', checkJumps, { isRaw: true })
allow('ProxyCommand KnownHostsCommand', checkNone, { isRaw: true })
allow('ControlPath', checkNone)
allow('IdentityFile', checkPath)
allow('IdentityAgent', (value) =>
  /^(?:none|SSH_AUTH_SOCK)$/.test(value) ? undefined : 'may be none or SSH_AUTH_SOCK here',
)
allow('UserKnownHostsFile GlobalKnownHostsFile', checkPath, { isList: true, isKnownHosts: true })
allow('StrictHostKeyChecking', (value) =>
  /^(?:yes|true|ask)$/i.test(value)
    ? undefined
    : 'would trust keys that nobody compared: use --accept-new-host-key where that is right',
)
allow('ConnectTimeout ServerAliveInterval', time)
allow('ServerAliveCountMax ConnectionAttempts NumberOfPasswordPrompts', count)
allow('AddressFamily', oneOf('any', 'inet', 'inet6'))
allow(
  'Compression IdentitiesOnly PasswordAuthentication KbdInteractiveAuthentication ' +
    'ChallengeResponseAuthentication BatchMode HashKnownHosts CheckHostIP TCPKeepAlive ' +
    'VisualHostKey GSSAPIAuthentication HostbasedAuthentication',
  yesOrNo,
)
allow('PubkeyAuthentication', oneOf('yes', 'no', 'true', 'false', 'unbound', 'host-bound'))
allow('UpdateHostKeys', oneOf('yes', 'no', 'ask'))
allow(
  'LogLevel',
  oneOf('quiet', 'fatal', 'error', 'info', 'verbose', 'debug', 'debug1', 'debug2', 'debug3'),
)
allow('PreferredAuthentications', matching(/^[a-z0-9-]+(?:,[a-z0-9-]+)*$/, 'list of methods'))
for (const { option, strong } of algorithmOptions) {
  allow(option, (value) =>
    value.split(',').every((each) => strong.includes(each))
      ? undefined
      : `may name only ${strong.join(', ')} here`,
  )
}
// What a project may switch off and not on.
allow(
  'ForwardAgent ForwardX11 ForwardX11Trusted PermitLocalCommand AddKeysToAgent Tunnel ' +
    'VerifyHostKeyDNS GSSAPIDelegateCredentials CanonicalizeHostname ControlMaster GatewayPorts ' +
    'NoHostAuthenticationForLocalhost',
  (value) => (/^(?:no|false)$/i.test(value) ? undefined : 'may be no here'),
)
/** What a refused keyword would do, where it is worth a word. */
const dangers = new Map([
  ['localcommand', 'it runs a command on this computer'],
  ['proxycommand', 'it runs a command on this computer'],
  ['knownhostscommand', 'it runs a command on this computer'],
  ['xauthlocation', 'it runs a command on this computer'],
  ['pkcs11provider', 'it loads code on this computer'],
  ['securitykeyprovider', 'it loads code on this computer'],
  ['include', 'it brings in a file unseen'],
  ['forwardagent', 'it lends your keys to the host'],
  ['forwardx11', 'it lends your display to the host'],
  ['sendenv', 'it sends your environment to the host'],
  ['remoteforward', 'it opens this computer to the host'],
  ['localforward', 'it opens a port of this computer'],
  ['dynamicforward', 'it opens a port of this computer'],
  ['ignoreunknown', 'it hides what is wrong'],
])

/** `undefined`: refused. */
export function projectKeyword(keyword: string): ProjectKeyword | undefined {
  return allowed.get(keyword.toLowerCase())
}

export function dangerOf(keyword: string): string | undefined {
  return dangers.get(keyword.toLowerCase())
}

/** As they are written, for whoever mistyped one. */
export function allowedKeywords(): readonly string[] {
  return [...allowed.values()].map(({ name }) => name)
}

/** `Match` conditions with one value, and what may stand in it. */
export const matchCriteria = new Map([
  ['host', /^[\p{L}\p{N}\p{M}._:*?!,+[\]-]+$/u],
  ['originalhost', /^[\p{L}\p{N}\p{M}._:*?!,+@[\]-]+$/u],
  ['user', /^[\p{L}\p{N}\p{M}._*?!,@+-]+$/u],
  ['localuser', /^[\p{L}\p{N}\p{M}._*?!,@+-]+$/u],
])

function checkNone(value: string): string | undefined {
  return value.toLowerCase() === 'none' ? undefined : 'may be none here'
}

function checkJumps(value: string): string | undefined {
  if (value.toLowerCase() === 'none') return undefined
  const wrong = value.split(',').find((each) => readHostAddress(each) === undefined)
  return wrong === undefined ? undefined : `is no list of hosts (\`${wrong}\`)`
}

/** A path goes on as it is; what ssh would read as more than that is refused. */
function checkPath(value: string): string | undefined {
  if (value === '') return 'is empty'
  return /["\\]/.test(value) ? 'has a quote or a backslash, which no path here may have' : undefined
}
