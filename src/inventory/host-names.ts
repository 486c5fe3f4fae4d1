/**
 * Which texts are names of hosts and users. A name is handed to programs of the user's own
 * configuration (`%h`, `%r`, `%n`, `%k`), to a shell and into paths: it is checked before.
 */

import { messages } from './messages.ts'
import { HostConfigError } from './host-config-error.ts'

const address = /^\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._-]+)?\]$/
const plainAddress = /^[0-9A-Fa-f]*:[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._-]+)?$/
const hostName = /^[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M}._:+-]*[\p{L}\p{N}\p{M}._+-])?$/u
const userName = /^[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M}._@+=:%#,~-]|\\(?=[\p{L}\p{N}]))*$/u
/** Letters to Unicode, nothing to the eye: U+3164, U+115F and others. */
const invisible = /\p{Default_Ignorable_Code_Point}/u

/** DNS allows 253; an address with its zone is shorter. */
const maxNameChars = 255

/** A DNS name, an address, or a name of an ssh configuration: no path, no option, no shell text. */
export function isHostName(text: string): boolean {
  if (text.length > maxNameChars || invisible.test(text)) return false
  return hostName.test(text) || plainAddress.test(text) || address.test(text)
}

/** A login, also of a directory (`CORP\me`) or of a bastion that reads more out of it. */
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

/** `[USER@]HOST[:PORT]`, with `ssh://` before it or not, of a jump host; `undefined`: none. */
export function readHostAddress(text: string): HostAddress | undefined {
  const [, user, bracketed, plain, port] =
    /^(?:ssh:\/\/)?(?:(.+)@)?(?:(\[[^\]]*\])|([^:@]+))(?::(\d+))?$/.exec(text) ?? []
  const host = bracketed ?? plain
  if (host === undefined || !isHostName(host)) return undefined
  if (user !== undefined && !isUserName(user)) return undefined
  return port === undefined || isPort(port) ? { host, user, port } : undefined
}

/** Sockets, DNS and `ssh` take an address of version 6 without its brackets. */
export function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1')
}

/**
 * What a person or a page calls a host: `[USER@]HOST`, or `ssh://[USER@]HOST[:PORT]`.
 *
 * @throws {HostConfigError} For anything else.
 */
export function checkHostName(name: string): void {
  const at = name.lastIndexOf('@')
  const isName = name.startsWith('ssh://')
    ? readHostAddress(name) !== undefined
    : isHostName(name.slice(at + 1)) && (at < 0 || isUserName(name.slice(0, at)))
  if (isName) return
  throw new HostConfigError(name, messages.notAHost(JSON.stringify(name)))
}
