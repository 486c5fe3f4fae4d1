/** Turns what ssh2 says when it cannot connect into the cause and what to do. */

import type { SshTarget } from '../model/ssh-target.ts'
import type { Authentication } from './ssh-auth.ts'
import { TransportError } from './transport.ts'

export function whyNot(
  target: SshTarget,
  cause: Error & { readonly level?: string },
  auth: Pick<Authentication, 'tried' | 'skipped' | 'offered'>,
): TransportError {
  const { name } = target
  const where = `${target.hostName}:${target.port}`
  if (cause.level === 'client-authentication') return whyNotLoggedIn(target, cause, auth)
  if (/too many authentication failures/i.test(cause.message)) {
    const message =
      `${target.user}@${target.hostName} ends the login after ${auth.tried.length} keys ` +
      `(${cause.message}): name the right one by IdentityFile, and set IdentitiesOnly`
    return new TransportError('auth', name, message, { cause })
  }
  if (cause.level === 'handshake' || /no matching|handshake failed/i.test(cause.message)) {
    const message = `${name}: the ssh handshake with ${where} failed (${cause.message})`
    return new TransportError('unreachable', name, message, { cause })
  }
  if (cause.level === 'client-timeout') {
    const seconds = target.connectTimeoutMs / 1000
    const message = `${where} did not answer within ${seconds} s: is the address right, is sshd up?`
    return new TransportError('unreachable', name, message, { cause })
  }
  const message = `${name} cannot be reached at ${where}: ${cause.message || String(cause)}`
  return new TransportError('unreachable', name, message, { cause })
}

function whyNotLoggedIn(
  target: SshTarget,
  cause: Error,
  { tried, skipped, offered }: Pick<Authentication, 'tried' | 'skipped' | 'offered'>,
): TransportError {
  const user = `${target.user}@${target.hostName}`
  const list = tried.length === 0 ? 'no key was there to offer' : `tried ${tried.join(', ')}`
  const notes = skipped.map((note) => `; ${note}`).join('')
  const others = offered.filter((way) => way === 'password' || way === 'keyboard-interactive')
  if (tried.length === 0 && (others.length > 0 || skipped.length > 0)) {
    const ways = others.length > 0 ? `; the host would take ${others.join(' or ')}` : ''
    const message =
      `${user} cannot be logged into: ${list}${notes}${ways}. ` +
      'Passwords and encrypted keys are not supported yet: load the key with ssh-add'
    return new TransportError('unsupported', target.name, message, { cause })
  }
  const message = `${user} refuses the login: ${list}${notes}`
  return new TransportError('auth', target.name, message, { cause })
}
