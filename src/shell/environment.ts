/** Which names a page may set, and how values reach a shell. */

import { ShellError } from './shell-error.ts'
import { shellQuote } from './shell-quote.ts'

/** These change what the shell itself does, or which code other programs load. */
const refused =
  /^(?:LD_.*|DYLD_.*|BASH_ENV|ENV|SHELLOPTS|BASHOPTS|PS4|PROMPT_COMMAND|IFS|RUNBOOK_MARK|__rb_.*)$/

/** @throws {ShellError} `name`: no name of a variable, or one that is not for pages to set. */
export function checkName(name: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    throw new ShellError('name', `\`${name}\` is no name of a variable`)
  }
  if (refused.test(name)) throw new ShellError('name', `\`${name}\` cannot be set by a runbook`)
}

/** `A='x' B='y'`, for `export`; empty where there is nothing to set. */
export function assignments(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => {
      checkName(name)
      return `${name}=${shellQuote(value)}`
    })
    .join(' ')
}
