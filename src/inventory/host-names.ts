/**
 * Validates names of hosts and users. Names reach programs in the user's ssh configuration (`%h`,
 * `%r`, `%n`, `%k`), a shell, and paths, so they are checked first.
 */

import { messages } from './messages.ts'
import { HostConfigError } from './host-config-error.ts'

const address = /^\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._-]+)?\]$/
const plainAddress = /^[0-9A-Fa-f]*:[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._-]+)?$/
const hostName = /^[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M}._:+-]*[\p{L}\p{N}\p{M}._+-])?$/u
const userName = /^[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M}._@+=:%#,~-]|\\(?=[\p{L}\p{N}]))*$/u
/** Characters that Unicode calls letters but that are invisible: U+3164, U+115F and others. */
const invisible = /\p{Default_Ignorable_Code_Point}/u

/** DNS allows 253; an address with its zone is shorter. */
const maxNameChars = 255

/**
 * Accepts a DNS name, an address, or a name in an ssh configuration; refuses paths, options and
 * shell text.
 */
export function isHostName(text: string): boolean {
  if (text.length > maxNameChars || invisible.test(text)) return false
  return hostName.test(text) || plainAddress.test(text) || address.test(text)
}

/** Accepts a login, also with a domain (`CORP\me`), and the longer forms that bastions parse. */
export function isUserName(text: string): boolean {
  return text.length <= maxNameChars && !invisible.test(text) && userName.test(text)
}

export function isPort(text: string): boolean {
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535
}

export interface HostAddress {
  readonly host: string
  readonly user: string | undefined
  readonly port: string | undefined
}

/**
 * Parses a jump host, `[USER@]HOST[:PORT]` with an optional `ssh://`; `undefined` for other text.
 */
export function readHostAddress(text: string): HostAddress | undefined {
  const [, user, bracketed, plain, port] =
    /^(?:ssh:\/\/)?(?:(.+)@)?(?:(\[[^\]]*\])|([^:@]+))(?::(\d+))?$/.exec(text) ?? []
  const host = bracketed ?? plain
  if (host === undefined || !isHostName(host)) return undefined
  if (user !== undefined && !isUserName(user)) return undefined
  return port === undefined || isPort(port) ? { host, user, port } : undefined
}

/** Sockets, DNS and `ssh` take an IPv6 address without brackets. */
export function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1')
}

/**
 * Accepts `[USER@]HOST` or `ssh://[USER@]HOST[:PORT]`, as a person or a page writes it.
 *
 * @throws {HostConfigError} For any other text.
 */
export function checkHostName(name: string): void {
  const at = name.lastIndexOf('@')
  const isName = name.startsWith('ssh://')
    ? readHostAddress(name) !== undefined
    : isHostName(name.slice(at + 1)) && (at < 0 || isUserName(name.slice(0, at)))
  if (isName) return
  throw new HostConfigError(name, messages.notAHost(JSON.stringify(name)))
}
