/** Detects a host that demands a password change before login. */

import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import { oneLine } from '../text/one-line.ts'

const words =
  /password (?:has |is )?expired|(?:required|have|need|must) (?:to )?change your password|new password/i

/** Whether a host's words, received instead of a shell, demand a new password. */
export function asksForNewPassword(said: string): boolean {
  return words.test(said)
}

/** A run never changes a password; a person does that. */
export function passwordExpired(host: string, said: string): Message {
  return messages.passwordExpired(host, oneLine(said))
}
