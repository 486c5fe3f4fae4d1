/** A host that lets nobody in before the password is changed. */

import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import { oneLine } from '../text/one-line.ts'

const words =
  /password (?:has |is )?expired|(?:required|have|need|must) (?:to )?change your password|new password/i

/** Whether a host's words, said instead of what a login is for, ask for another password. */
export function asksForNewPassword(said: string): boolean {
  return words.test(said)
}

/** Changing it is a person's own business: it is not done on the way of a run. */
export function passwordExpired(host: string, said: string): Message {
  return messages.passwordExpired(host, oneLine(said))
}
