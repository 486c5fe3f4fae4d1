/** Turns what ssh2 says when it cannot connect into the cause and what to do. */

import type { SshTarget } from '../model/ssh-target.ts'
import { oneLine } from './one-line.ts'
import type { Authentication } from './ssh-auth.ts'
import type { Told } from './ssh-credentials.ts'
import { TransportError } from './transport.ts'

export interface LoginNotes extends Pick<
  Authentication,
  'tried' | 'skipped' | 'offered' | 'needs'
> {
  readonly told: Told
  /** What the host, or the program that reaches it, said of its own accord. */
  readonly said: string
}

export function whyNot(
  target: SshTarget,
  cause: Error & { readonly level?: string },
  auth: LoginNotes,
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
  const by = target.proxyCommand === undefined ? `at ${where}` : 'by its ProxyCommand'
  const said = auth.said === '' ? '' : ` (${oneLine(auth.said)})`
  const message = `${name} cannot be reached ${by}: ${cause.message || String(cause)}${said}`
  return new TransportError('unreachable', name, message, { cause })
}

function whyNotLoggedIn(
  target: SshTarget,
  cause: Error,
  { tried, skipped, offered, needs, told, said }: LoginNotes,
): TransportError {
  const user = `${target.user}@${target.hostName}`
  const refused = [...new Set([...told.refused, ...tried])]
  const list = refused.length === 0 ? 'no key was there to offer' : `tried ${refused.join(', ')}`
  const wrong = told.wrong > 0 ? `; ${told.wrong} wrong answer${told.wrong > 1 ? 's' : ''}` : ''
  const notes = skipped.map((note) => `; ${note}`).join('')
  const words = said === '' ? '' : `; it said: ${oneLine(said)}`
  const others = offered.filter((way) => way === 'password' || way === 'keyboard-interactive')
  if (needs.length > 0 && told.wrong === 0) {
    const ways = others.length > 0 ? `; the host would take ${others.join(' or ')}` : ''
    const message =
      `${user} cannot be logged into: ${list}${notes}${ways}${words}. ` +
      'Nobody was there to be asked: run it at a terminal, or load a key with `ssh-add`'
    return new TransportError('auth', target.name, message, { cause })
  }
  const message = `${user} refuses the login: ${list}${wrong}${notes}${words}`
  return new TransportError('auth', target.name, message, { cause })
}
