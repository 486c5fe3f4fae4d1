/** Why a shell could not be had or not be asked. */

import { oneLine } from '../transport/one-line.ts'
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

/** A shell could not be had or not be asked. The message names the cause and what to do. */
export class ShellError extends Error {
  override readonly name = 'ShellError'
  readonly reason: ShellReason

  constructor(reason: ShellReason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

/**
 * What is said when a channel ended, or stayed silent, before our shell spoke.
 *
 * @param end - `undefined` where the channel is still open and silent.
 * @param printed - What came instead of our marker.
 */
export function whyNoShell(
  host: string,
  user: string | undefined,
  end: ChannelEnd | undefined,
  printed: Buffer,
): ShellError {
  const text = printed.toString().trim()
  const said = text === '' ? 'it said nothing' : `it said: ${oneLine(text)}`
  if (user !== undefined) {
    const [reason, advice] = sudoProblem(user, text)
    if (reason) return new ShellError(reason, `${host}: no shell as ${user}: ${advice} (${said})`)
  }
  if (user === undefined && end !== undefined && asksForNewPassword(text)) {
    return new ShellError('password-expired', passwordExpired(host, text))
  }
  if (/bash: (?:command )?not found|bash: No such file/i.test(text)) {
    return new ShellError('no-bash', `${host} has no bash: install it there first (${said})`)
  }
  const how =
    end === undefined
      ? 'the login shell did not let ours start in time'
      : `the login shell ended first (${describe(end)})`
  return new ShellError('no-start', `${host}: ${how}; ${said}`)
}

function sudoProblem(user: string, text: string): readonly [ShellReason | undefined, string] {
  if (/sudo: (?:command )?not found/i.test(text)) {
    return ['no-sudo', 'there is no sudo on the host']
  }
  if (/must have a tty/i.test(text)) {
    return ['sudo-terminal', 'sudo wants a terminal: remove `requiretty` from sudoers']
  }
  if (/expired|account validation failure|new password/i.test(text)) {
    return ['sudo-expired', 'the account or its password has expired there: log in and renew it']
  }
  if (/unknown user|invalid user/i.test(text)) {
    return ['unknown-user', `there is no user \`${user}\``]
  }
  if (/not allowed|not in the sudoers|may not run/i.test(text)) {
    return ['sudo-refused', 'sudo does not allow it']
  }
  if (/password/i.test(text)) {
    return [
      'sudo-password',
      'sudo asks for a password: run it at a terminal, or set RUNBOOK_SUDO_PASSWORD in the environment',
    ]
  }
  return [undefined, '']
}

function describe(end: ChannelEnd): string {
  switch (end.kind) {
    case 'code':
      return `status ${end.code}`
    case 'signal':
      return end.signal
    case 'none':
      return 'no status'
    default:
      return end satisfies never
  }
}
