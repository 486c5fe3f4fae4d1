/**
 * A text as one word of bash that stands for exactly this text: in single quotes, in which
 * nothing is special.
 *
 * @throws {ShellError} For a NUL byte, which no word of a shell can hold.
 */

import { ShellError } from './shell-error.ts'

export function shellQuote(text: string): string {
  if (text.includes('\0')) {
    throw new ShellError('nul', 'a NUL byte cannot be given to a shell')
  }
  return `'${text.replaceAll("'", `'\\''`)}'`
}
