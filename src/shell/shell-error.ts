/** Why a shell could not be opened or asked. */

import { messages } from './messages.ts'
import { type Message, verbatim } from '../model/message.ts'
import { LocalizedError } from '../diagnostic/localized-error.ts'
import { oneLine } from '../text/one-line.ts'
import { asksForNewPassword, passwordExpired } from '../transport/password-expired.ts'
import type { ChannelEnd } from '../transport/transport.ts'

export type ShellReason =
  | 'no-bash'
  | 'no-tool'
  | 'no-folder'
  | 'no-start'
  | 'password-expired'
  | 'no-sudo'
  | 'sudo-password'
  | 'sudo-wrong-password'
  | 'sudo-expired'
  | 'sudo-refused'
  | 'sudo-terminal'
  | 'unknown-user'
  | 'busy'
  | 'bad-answer'
  | 'name'
  | 'nul'

/** A shell could not be opened or asked. The message names the cause and a remedy. */
export class ShellError extends LocalizedError {
  override readonly name = 'ShellError'
  readonly reason: ShellReason

  constructor(reason: ShellReason, text: Message, options?: ErrorOptions) {
    super(text, options)
    this.reason = reason
  }
}

/**
 * Ends the host's lane: nothing that it says can be relied on.
 *
 * @param what - What was to be said, and what was said.
 */
export function badAnswer(host: string, what: Message, said: string): ShellError {
  return new ShellError('bad-answer', messages.badAnswer(host, what, oneLine(said)))
}

/**
 * What is said when a channel ended, or stayed silent, before our shell spoke.
 *
 * @param end - `undefined` if the channel is still open and silent.
 * @param printed - Output in place of our marker.
 */
export function whyNoShell(
  host: string,
  user: string | undefined,
  end: ChannelEnd | undefined,
  printed: Buffer,
): ShellError {
  const text = printed.toString().trim()
  const said = text === '' ? messages.saidNothing : messages.itSaid(oneLine(text))
  if (user !== undefined) {
    const [reason, advice] = sudoProblem(user, text) ?? []
    if (reason && advice)
      return new ShellError(reason, messages.noShellAs(host, user, advice, said))
  }
  if (user === undefined && end !== undefined && asksForNewPassword(text)) {
    return new ShellError('password-expired', passwordExpired(host, text))
  }
  if (/bash: (?:command )?not found|bash: No such file/i.test(text)) {
    return new ShellError('no-bash', messages.noBash(host, said))
  }
  return new ShellError(
    'no-start',
    end === undefined
      ? messages.loginShellSlow(host, said)
      : messages.loginShellEnded(host, describe(end), said),
  )
}

function sudoProblem(user: string, text: string): readonly [ShellReason, Message] | undefined {
  if (/sudo: (?:command )?not found/i.test(text)) {
    return ['no-sudo', messages.noSudo]
  }
  if (/must have a tty/i.test(text)) {
    return ['sudo-terminal', messages.sudoTerminal]
  }
  if (/expired|account validation failure|new password/i.test(text)) {
    return ['sudo-expired', messages.accountExpired]
  }
  if (/unknown user|invalid user/i.test(text)) {
    return ['unknown-user', messages.unknownUser(user)]
  }
  if (/not allowed|not in the sudoers|may not run/i.test(text)) {
    return ['sudo-refused', messages.sudoRefused]
  }
  if (/password/i.test(text)) {
    return ['sudo-password', messages.sudoAsks]
  }
  return undefined
}

function describe(end: ChannelEnd): Message {
  switch (end.kind) {
    case 'code':
      return messages.status(end.code)
    case 'signal':
      return verbatim(end.signal)
    case 'none':
      return messages.noStatus
    default:
      return end satisfies never
  }
}
