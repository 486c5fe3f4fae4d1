/**
 * What is sent to a channel's bash, on its standard input: a constant script, after assignments of
 * what it needs, and what the script then reads. What was cut is not run at all.
 *
 * A script begins with a marker on both outputs, because a login shell may print before we are there.
 */

import { channelScripts } from './host-programs.ts'
import { shellQuote } from './shell-quote.ts'

export interface ChannelScript {
  readonly nonce: string
  readonly parameters: Readonly<Record<string, string>>
  /** `NAME=value`, for a script that lives in an environment of the host's. */
  readonly environment?: readonly string[] | undefined
  /** Names and texts, for a script that writes them down there. */
  readonly files?: Readonly<Record<string, string>> | undefined
  readonly body: string
}

/**
 * Bash reads what it runs byte by byte, but as much as it is told to at once: in bytes, whatever
 * the host's locale is.
 */
export function channelText({
  nonce,
  parameters,
  environment = [],
  files = {},
  body,
}: ChannelScript): string {
  const lists = assignedLists({ RB_E: environment, RB_F: Object.entries(files).flat() })
  const values = `${assigned({ RB_N: nonce, ...parameters })}${lists}`
  const script = `unset RB_S\n${values}${channelScripts.begun()}rb_begun\n${body}`
  const bytes = Buffer.byteLength(script)
  return `{\nLC_ALL=C IFS= TMOUT=0 read -r -N ${bytes} RB_S && eval "$RB_S"\nexit 0\n}\n${script}`
}

/** What a followed shell's channel is given: frames for the shell, or what `follow` says. */
export function channelItem(text: string): string {
  return `${Buffer.byteLength(text)} ${text}`
}

/** A script that a followed shell's channel runs last: nothing follows it any more, and it ends. */
export function lastItem({ parameters, body }: Omit<ChannelScript, 'nonce'>): string {
  return channelItem(`!trap '' TERM\n${assigned(parameters)}${body}`)
}

function assigned(parameters: ChannelScript['parameters']): string {
  const values = Object.entries(parameters)
  return values.map(([name, value]) => `${name}=${shellQuote(value)}\n`).join('')
}

function assignedLists(lists: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(lists)
    .map(([name, values]) => `${name}=(${values.map(shellQuote).join(' ')})\n`)
    .join('')
}
