/**
 * Parses a host's answers strictly. A host may be broken or hostile, and its answers become names,
 * numbers in the journal, and sentences.
 */

import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import { oneLine } from '../text/one-line.ts'
import { ShellError } from './shell-error.ts'

/** Limit of counts and offsets; a journal stores them exactly. */
export const mostBytes = Number.MAX_SAFE_INTEGER
/** Limit of command numbers and process ids. */
export const mostNumber = 2 ** 31 - 1
/** Limit of exit statuses in bash. */
export const mostStatus = 255

/** Parses decimal digits up to `most`; `undefined` for any other text. */
export function readNumber(text: string | undefined, most: number): number | undefined {
  if (text === undefined || !/^(?:0|[1-9]\d{0,15})$/.test(text)) return undefined
  const value = Number(text)
  return value <= most ? value : undefined
}

/** One bounded line without control characters. */
export function readText(text: string): string {
  return oneLine(text)
}

/**
 * The error that ends the host's lane, because its answers are unreliable.
 *
 * @param what - The expected kind of answer, and the answer.
 */
export function badAnswer(host: string, what: Message, said: string): ShellError {
  return new ShellError('bad-answer', messages.badAnswer(host, what, oneLine(said)))
}
