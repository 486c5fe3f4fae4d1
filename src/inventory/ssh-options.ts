/** Converts the output of `ssh -G` into a target; refuses unsupported options by name. */

import { listed } from '../model/message.ts'
import { messages } from './messages.ts'
import { userInfo } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import type { LoginMethod, SshTarget } from '../model/ssh-target.ts'
import type { SshOptions } from './ask-ssh.ts'
import { HostConfigError } from './host-config-error.ts'
import { isHostName, isPort, isUserName, withoutBrackets } from './host-names.ts'
import { readAlgorithms } from './ssh-algorithms.ts'

/** By the name that `ssh -G` prints; the value `none` counts as unset. */
const unsupported = new Map([
  ['knownhostscommand', 'KnownHostsCommand'],
  ['certificatefile', 'CertificateFile'],
  ['pkcs11provider', 'PKCS11Provider'],
  ['bindaddress', 'BindAddress'],
  ['bindinterface', 'BindInterface'],
])

export interface OtherOptions {
  /** Options of a host without configuration. */
  readonly defaults: SshOptions
  /** Options from the user's configuration alone; `undefined` without a project configuration. */
  readonly own: SshOptions | undefined
  /** Paths that `ssh -G` may list, in full and expanded; they may contain blanks. */
  readonly knownHosts: readonly string[]
}

/**
 * @throws {HostConfigError} If the host needs an unsupported option, or a name in it is not valid;
 * such a name must not be expanded.
 */
export function toTarget(
  name: string,
  options: SshOptions,
  { defaults, own, knownHosts }: OtherOptions,
): SshTarget {
  const one = (key: string): string | undefined => options.get(key)?.[0]
  for (const [key, shown] of unsupported) {
    const value = one(key)
    if (value !== undefined && value !== '' && value !== 'none') {
      throw new HostConfigError(name, messages.optionUnsupported(name, shown))
    }
  }
  const check = (option: string, value: string, isName: (text: string) => boolean): string => {
    if (isName(value)) return value
    throw new HostConfigError(name, messages.notAName(name, `${option} ${value}`))
  }
  const hostName = withoutBrackets(
    check('HostName', (one('hostname') ?? name).toLowerCase(), isHostName),
  )
  const port = Number(check('Port', one('port') ?? '22', isPort))
  const user = check('User', one('user') ?? userInfo().username, isUserName)
  const expand = (path: string): string => expandPath(path, { name, hostName, port, user })
  const files = (key: string): readonly string[] =>
    splitPaths(one(key) ?? '', knownHosts)
      .filter(isSet)
      .map(expand)
  const given = one('hostkeyalias')
  const alias =
    given === undefined || !isSet(given) ? undefined : check('HostKeyAlias', given, isHostName)
  const revoked = one('revokedhostkeys')
  return {
    name,
    hostName,
    port,
    user,
    family: readFamily(one('addressfamily')),
    identityFiles: (options.get('identityfile') ?? []).filter(isSet).map(expand),
    identitiesOnly: one('identitiesonly') === 'yes',
    agentSocket: readAgent(one('identityagent'), expand),
    methods: readMethods(name, one),
    proxyCommand: readProxy(one('proxycommand'), expandTokens({ name, hostName, port, user })),
    connectTimeoutMs: toTimer(seconds(one('connecttimeout')) ?? 20),
    keepAlive: {
      // Without keepalives a dead link would go unnoticed for hours.
      intervalMs: toTimer(seconds(one('serveraliveinterval')) || 15),
      count: Number(one('serveralivecountmax') ?? 3),
    },
    jumps: [],
    hostKeys: {
      lookup: alias ?? hostName,
      userFiles: files('userknownhostsfile'),
      keepIn: readKeepIn(options, own, files('userknownhostsfile')),
      globalFiles: files('globalknownhostsfile'),
      revokedFile: revoked === undefined || !isSet(revoked) ? undefined : expand(revoked),
      hashNames: one('hashknownhosts') === 'yes',
    },
    algorithms: readAlgorithms(name, options, defaults),
  }
}

/**
 * Does not store in the user's known_hosts a key that the project assigns to another name, or that
 * was received through a host of the project's choice.
 */
function readKeepIn(
  options: SshOptions,
  own: SshOptions | undefined,
  files: readonly string[],
): string | undefined {
  const [first] = files
  if (first === undefined || first === '/dev/null') return undefined
  const isSame = (key: string): boolean => own?.get(key)?.[0] === options.get(key)?.[0]
  const isOwnFile = own !== undefined && isSame('userknownhostsfile')
  return isOwnFile && !(isSame('hostkeyalias') && isSame('proxyjump')) ? undefined : first
}

function splitPaths(list: string, whole: readonly string[]): readonly string[] {
  const paths: string[] = []
  for (let rest = list.trim(); rest !== '';) {
    const path = whole.find((each) => `${rest} `.startsWith(`${each} `)) ?? rest.split(' ', 1)[0]
    paths.push(path ?? rest)
    rest = rest.slice((path ?? rest).length).trimStart()
  }
  return paths
}

function isSet(value: string): boolean {
  return value !== '' && value !== 'none'
}

const methods = ['publickey', 'keyboard-interactive', 'password'] as const

/** @throws {HostConfigError} If no supported login method is left. */
function readMethods(
  name: string,
  one: (key: string) => string | undefined,
): readonly LoginMethod[] {
  const off = new Map<LoginMethod, string | undefined>([
    ['publickey', one('pubkeyauthentication')],
    ['keyboard-interactive', one('kbdinteractiveauthentication')],
    ['password', one('passwordauthentication')],
  ])
  const wanted = one('preferredauthentications')?.split(',') ?? methods
  const left = wanted
    .flatMap((word) => methods.filter((method) => method === word))
    .filter((method) => !['no', 'false'].includes(off.get(method) ?? ''))
  if (left.length > 0)
    return one('batchmode') === 'yes' ? left.filter((each) => each === 'publickey') : left
  throw new HostConfigError(name, messages.noLogin(name, listed(methods)))
}

function readProxy(
  value: string | undefined,
  expand: (text: string) => string,
): string | undefined {
  return value === undefined || !isSet(value) ? undefined : expand(value)
}

function readFamily(value: string | undefined): 4 | 6 | undefined {
  if (value === 'inet') return 4
  return value === 'inet6' ? 6 : undefined
}

/**
 * `undefined` for `none` and for text that is not a number: `ConnectTimeout none` is the default.
 */
function seconds(value: string | undefined): number | undefined {
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined
}

/** In milliseconds, capped: a timer above 24 days would fire at once. */
function toTimer(forSeconds: number): number {
  return Math.min(forSeconds * 1000, 2 ** 31 - 1)
}

function readAgent(
  value: string | undefined,
  expand: (path: string) => string,
): string | undefined {
  if (value === 'none') return undefined
  const fromEnvironment = /^\$(\w+)$/.exec(value ?? '')?.[1]
  if (fromEnvironment !== undefined) return process.env[fromEnvironment]
  if (value === undefined || value === '' || value === 'SSH_AUTH_SOCK') {
    return process.env['SSH_AUTH_SOCK'] || undefined
  }
  return expand(value)
}

/** Expands paths as ssh_config(5) does: `~`, `${NAME}` and the tokens whose value is known. */
function expandPath(
  path: string,
  host: { readonly name: string; hostName: string; port: number; user: string },
): string {
  const { homedir } = userInfo()
  const named = path.replaceAll(/\$\{(\w+)\}/g, (_all, name: string) => process.env[name] ?? '')
  const expanded = expandTokens(host)(named)
  if (expanded === '~') return homedir
  if (expanded.startsWith('~/')) return join(homedir, expanded.slice(2))
  return isAbsolute(expanded) ? expanded : resolve(expanded)
}

/** @throws {HostConfigError} For a token whose value is unknown. */
function expandTokens(host: {
  readonly name: string
  hostName: string
  port: number
  user: string
}): (text: string) => string {
  const { homedir, username, uid } = userInfo()
  const tokens = new Map([
    ['%', '%'],
    ['d', homedir],
    ['h', host.hostName],
    ['i', String(uid)],
    ['n', host.name],
    ['p', String(host.port)],
    ['r', host.user],
    ['u', username],
  ])
  return (text) =>
    text.replaceAll(/%(.)/g, (token, letter: string) => {
      const value = tokens.get(letter)
      if (value === undefined) {
        throw new HostConfigError(host.name, messages.tokenUnsupported(host.name, token, text))
      }
      return value
    })
}
