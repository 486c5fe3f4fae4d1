/**
 * The ssh keywords that a project's configuration may use. This is an allowlist, because an unknown
 * keyword may run a program on this computer or open it to a host.
 */

import { listed, type Message } from '../model/message.ts'
import { dangers as consequences, values as words } from './messages.ts'
import { isHostName, isPort, isUserName, readHostAddress } from './host-names.ts'
import { algorithmOptions } from './ssh-algorithms.ts'

/** The error in a value; `undefined` if it is valid. */
type Check = (value: string) => Message | undefined

export interface ProjectKeyword {
  /** The spelling for ssh. */
  readonly name: string
  readonly check: Check
  /** Whether it takes several values. */
  readonly isList: boolean
  /** The path of a known_hosts file, which ssh may write to. */
  readonly isKnownHosts: boolean
  /** ssh takes the rest of the line unparsed, including quotes and comments. */
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
  return (value) => (values.includes(value.toLowerCase()) ? undefined : words.mayBe(listed(values)))
}

function matching(pattern: RegExp, wrong: Message): Check {
  return (value) => (pattern.test(value) ? undefined : wrong)
}

const yesOrNo = oneOf('yes', 'no', 'true', 'false')
const time = matching(/^(?:\d{1,6}[smhdwSMHDW]?)+$|^none$/, words.notATime)
const count = matching(/^\d{1,6}$/, words.notANumber)

allow('Host', matching(/^!?[\p{L}\p{N}\p{M}._:*?@%+[\]-]+$/u, words.notPatterns), {
  isList: true,
})
allow('HostName', (value) => (isHostName(value.replaceAll('%h', 'h')) ? undefined : words.notAHost))
allow('User', (value) => (isUserName(value) && !value.includes('%') ? undefined : words.notAUser))
allow('HostKeyAlias', (value) => (isHostName(value) ? undefined : words.notAHost))
allow('Port', (value) => (isPort(value) ? undefined : words.notAPort))
allow('ProxyJump', checkJumps, { isRaw: true })
allow('ProxyCommand KnownHostsCommand', checkNone, { isRaw: true })
allow('ControlPath', checkNone)
allow('IdentityFile', checkPath)
allow('IdentityAgent', (value) =>
  /^(?:none|SSH_AUTH_SOCK)$/.test(value)
    ? undefined
    : words.mayBe(listed(['none', 'SSH_AUTH_SOCK'])),
)
allow('UserKnownHostsFile GlobalKnownHostsFile', checkPath, { isList: true, isKnownHosts: true })
allow('StrictHostKeyChecking', (value) =>
  /^(?:yes|true|ask)$/i.test(value) ? undefined : words.trustsUnseen,
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
allow('PreferredAuthentications', matching(/^[a-z0-9-]+(?:,[a-z0-9-]+)*$/, words.notMethods))
for (const { option, strong } of algorithmOptions) {
  allow(option, (value) =>
    value.split(',').every((each) => strong.includes(each))
      ? undefined
      : words.mayName(listed(strong)),
  )
}
// Keywords that a project may turn off but not on.
allow(
  'ForwardAgent ForwardX11 ForwardX11Trusted PermitLocalCommand AddKeysToAgent Tunnel ' +
    'VerifyHostKeyDNS GSSAPIDelegateCredentials CanonicalizeHostname ControlMaster GatewayPorts ' +
    'NoHostAuthenticationForLocalhost',
  (value) => (/^(?:no|false)$/i.test(value) ? undefined : words.mayBe(listed(['no']))),
)
/** Consequences of refused keywords that are worth naming. */
const dangers = new Map([
  ['localcommand', consequences.runs],
  ['proxycommand', consequences.runs],
  ['knownhostscommand', consequences.runs],
  ['xauthlocation', consequences.runs],
  ['pkcs11provider', consequences.loads],
  ['securitykeyprovider', consequences.loads],
  ['include', consequences.includes],
  ['forwardagent', consequences.lendsKeys],
  ['forwardx11', consequences.lendsDisplay],
  ['sendenv', consequences.sendsEnvironment],
  ['remoteforward', consequences.opensComputer],
  ['localforward', consequences.opensPort],
  ['dynamicforward', consequences.opensPort],
  ['ignoreunknown', consequences.hides],
])

/** `undefined`: not allowed. */
export function projectKeyword(keyword: string): ProjectKeyword | undefined {
  return allowed.get(keyword.toLowerCase())
}

export function dangerOf(keyword: string): Message | undefined {
  return dangers.get(keyword.toLowerCase())
}

/** As spelt for ssh, for suggestions. */
export function allowedKeywords(): readonly string[] {
  return [...allowed.values()].map(({ name }) => name)
}

/** `Match` conditions with one value, and the allowed form of the value. */
export const matchCriteria = new Map([
  ['host', /^[\p{L}\p{N}\p{M}._:*?!,+[\]-]+$/u],
  ['originalhost', /^[\p{L}\p{N}\p{M}._:*?!,+@[\]-]+$/u],
  ['user', /^[\p{L}\p{N}\p{M}._*?!,@+-]+$/u],
  ['localuser', /^[\p{L}\p{N}\p{M}._*?!,@+-]+$/u],
])

function checkNone(value: string): Message | undefined {
  return value.toLowerCase() === 'none' ? undefined : words.mayBe(listed(['none']))
}

function checkJumps(value: string): Message | undefined {
  if (value.toLowerCase() === 'none') return undefined
  const wrong = value.split(',').find((each) => readHostAddress(each) === undefined)
  return wrong === undefined ? undefined : words.notHosts(wrong)
}

/** Refuses characters that ssh would expand; a path is copied unchanged. */
function checkPath(value: string): Message | undefined {
  if (value === '') return words.empty
  return /["\\]/.test(value) ? words.quoted : undefined
}
