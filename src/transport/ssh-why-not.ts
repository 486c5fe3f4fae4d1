/** Converts ssh2's connection errors into a cause and a remedy. */

import { reasonOf } from '../diagnostic/reason-of.ts'
import { clauses, joined, listed, verbatim } from '../model/message.ts'
import { messages } from './messages.ts'
import type { SshTarget } from '../model/ssh-target.ts'
import { oneLine } from '../text/one-line.ts'
import type { Authentication } from './ssh-auth.ts'
import type { Told } from './ssh-credentials.ts'
import { TransportError } from './transport.ts'

export interface LoginNotes extends Pick<
  Authentication,
  'tried' | 'skipped' | 'offered' | 'needs'
> {
  readonly told: Told
  /** Unprompted words of the host, or of the program that carries the connection. */
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
    const user = `${target.user}@${target.hostName}`
    const message = messages.tooManyKeys(user, auth.tried.length, reasonOf(cause))
    return new TransportError('auth', name, message, { cause })
  }
  if (cause.level === 'handshake' || /no matching|handshake failed/i.test(cause.message)) {
    const message = messages.handshakeFailed(name, where, reasonOf(cause))
    return new TransportError('unreachable', name, message, { cause })
  }
  if (cause.level === 'client-timeout') {
    const message = messages.silent(where, target.connectTimeoutMs / 1000)
    return new TransportError('unreachable', name, message, { cause })
  }
  const why = cause.message === '' ? verbatim(String(cause)) : reasonOf(cause)
  const message =
    target.proxyCommand === undefined
      ? messages.unreachableAt(name, where, why)
      : messages.unreachableByProxy(name, why)
  const words = auth.said === '' ? message : messages.withWords(message, oneLine(auth.said))
  return new TransportError('unreachable', name, words, { cause })
}

function whyNotLoggedIn(
  target: SshTarget,
  cause: Error,
  { tried, skipped, offered, needs, told, said }: LoginNotes,
): TransportError {
  const user = `${target.user}@${target.hostName}`
  const refused = [
    ...new Map([...told.refused, ...tried.map((label) => [label.en, label] as const)]).values(),
  ]
  const keys = refused.length === 0 ? messages.noKeys : messages.tried(joined(refused))
  const words = said === '' ? [] : [messages.itSaid(oneLine(said))]
  const others = offered.filter((way) => way === 'password' || way === 'keyboard-interactive')
  if (needs.length > 0 && told.wrong === 0) {
    const ways = others.length > 0 ? [messages.wouldTake(listed(others))] : []
    const notes = clauses([keys, ...skipped, ...ways, ...words])
    return new TransportError('auth', target.name, messages.nobodyToAsk(user, notes), { cause })
  }
  const wrong = told.wrong > 0 ? [messages.wrongAnswers(told.wrong)] : []
  const notes = clauses([keys, ...wrong, ...skipped, ...words])
  return new TransportError('auth', target.name, messages.loginRefused(user, notes), { cause })
}
