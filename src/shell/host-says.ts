/**
 * What a host says, read strictly: a host may be broken or hostile, and what it says becomes names,
 * numbers in the journal, and sentences.
 */

import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import { oneLine } from '../text/one-line.ts'
import { ShellError } from './shell-error.ts'

/** Of a number that counts or places something; a journal keeps it exactly. */
export const mostBytes = Number.MAX_SAFE_INTEGER
/** Of a command's number, and of a process's. */
export const mostNumber = 2 ** 31 - 1
/** Of a status, as bash has it. */
export const mostStatus = 255

/** Decimal digits that stand for at most `most`; `undefined` for all else. */
export function readNumber(text: string | undefined, most: number): number | undefined {
  if (text === undefined || !/^(?:0|[1-9]\d{0,15})$/.test(text)) return undefined
  const value = Number(text)
  return value <= most ? value : undefined
}

/** A line of text without control characters, bounded. */
export function readText(text: string): string {
  return oneLine(text)
}

/**
 * Ends the host's lane: nothing that it says can be relied on.
 *
 * @param what - What was to be said, and what was said.
 */
export function badAnswer(host: string, what: Message, said: string): ShellError {
  return new ShellError('bad-answer', messages.badAnswer(host, what, oneLine(said)))
}
