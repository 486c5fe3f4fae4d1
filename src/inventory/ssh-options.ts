/** Turns what `ssh -G` prints into a target, and refuses by name what we cannot do. */

import { userInfo } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import type { LoginMethod, SshTarget } from '../model/ssh-target.ts'
import { HostConfigError } from './host-config-error.ts'

type SshOptions = ReadonlyMap<string, readonly string[]>

/** By the name that `ssh -G` prints; `none` is as if it were not set. */
const unsupported = new Map([
  ['knownhostscommand', 'KnownHostsCommand'],
  ['certificatefile', 'CertificateFile'],
  ['pkcs11provider', 'PKCS11Provider'],
  ['bindaddress', 'BindAddress'],
  ['bindinterface', 'BindInterface'],
])

/** @throws {HostConfigError} Where the host needs an option that we do not support. */
export function toTarget(name: string, options: SshOptions): SshTarget {
  const one = (key: string): string | undefined => options.get(key)?.[0]
  for (const [key, shown] of unsupported) {
    const value = one(key)
    if (value !== undefined && value !== '' && value !== 'none') {
      throw new HostConfigError(name, `${name}: \`${shown}\` is set for it and is not supported`)
    }
  }
  const hostName = (one('hostname') ?? name).toLowerCase()
  const port = Number(one('port') ?? 22)
  const user = one('user') ?? userInfo().username
  const expand = (path: string): string => expandPath(path, { name, hostName, port, user })
  const files = (key: string): readonly string[] =>
    (one(key) ?? '').split(/\s+/).filter(isSet).map(expand)
  const alias = one('hostkeyalias')
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
    connectTimeoutMs: (seconds(one('connecttimeout')) ?? 20) * 1000,
    keepAlive: {
      // Without keepalives a dead link would be noticed after hours.
      intervalMs: (seconds(one('serveraliveinterval')) || 15) * 1000,
      count: Number(one('serveralivecountmax') ?? 3),
    },
    jumps: [],
    hostKeys: {
      lookup: alias === undefined || !isSet(alias) ? hostName : alias,
      userFiles: files('userknownhostsfile'),
      globalFiles: files('globalknownhostsfile'),
      revokedFile: revoked === undefined || !isSet(revoked) ? undefined : expand(revoked),
      hashNames: one('hashknownhosts') === 'yes',
    },
  }
}

function isSet(value: string): boolean {
  return value !== '' && value !== 'none'
}

const methods = ['publickey', 'keyboard-interactive', 'password'] as const

/** @throws {HostConfigError} Where nothing that we can do is left. */
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
  throw new HostConfigError(
    name,
    `${name}: its configuration leaves no way to log in that is supported (${methods.join(', ')})`,
  )
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

/** `undefined` for `none` and for what is no number: `ConnectTimeout none` is the default. */
function seconds(value: string | undefined): number | undefined {
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined
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

/** As ssh_config(5) has it for paths: `~`, `${NAME}` and the tokens that we can know. */
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

/** @throws {HostConfigError} For a token that we do not know. */
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
        const message = `${host.name}: \`${token}\` in \`${text}\` is not supported`
        throw new HostConfigError(host.name, message)
      }
      return value
    })
}
