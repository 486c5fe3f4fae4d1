/** What a shell's client holds from frame to frame, and how it reaches the shell with it. */

import type { Channel } from '../transport/transport.ts'
import { channelItem } from './channel-text.ts'
import { followAgain, type ShellPlace } from './follow.ts'
import { type HostLink, mayPass } from './host-link.ts'
import type { Mailbox } from './mailbox.ts'
import type { Mark, Scanner } from './marker.ts'
import type { Account } from './open-channel.ts'
import type { Ending } from './outcome.ts'
import { timeLimit } from './time-limit.ts'

export interface ShellLine {
  readonly link: HostLink
  readonly user: Account | undefined
  readonly place: ShellPlace
  readonly mailbox: Mailbox
  readonly scanners: { readonly out: Scanner; readonly err: Scanner }
  /** What has come and is not this command's. */
  readonly pending: { out: (Buffer | Mark)[]; err: (Buffer | Mark)[] }
  /** Bytes of each output that were a command's, up to its marker. */
  readonly taken: { out: number; err: number }
  channel: Channel
  /** The shell has to be told where it begins: it may be a new one, before frames of the old. */
  needsStart: boolean
  /** Up to this number, what comes belongs to nobody any more. */
  skipUntil: number
  /** The shell was ended for this reason while the host was at a command that was sent ahead. */
  ending: Ending | undefined
  /** How often the shell was started again. */
  restarts: number
  /** Nobody follows it any more; whether it lives is not known. */
  isLost: boolean
}

/** Sends frames; where the shell may be a new one, from where on they are meant for it. */
export function send(line: ShellLine, text: string): void {
  if (text === '') return
  const start = line.needsStart ? channelItem(`: ${line.place.nonce}\n`) : ''
  line.needsStart = false
  line.channel.stdin.write(`${start}${text}`)
}

export interface ComingBack {
  /** How long the connection may stay away. */
  readonly awayMs: number
  /** What the host may not have read yet. */
  readonly textAgain: () => string
}

/** Follows the shell again after its channel ended; why not, where it cannot. */
export async function comeBack(
  line: ShellLine,
  { awayMs, textAgain }: ComingBack,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { signal: limit, stop } = timeLimit(awayMs, signal)
  try {
    return await followUntil(line, textAgain, limit)
  } finally {
    stop()
  }
}

async function followUntil(
  line: ShellLine,
  textAgain: () => string,
  limit: AbortSignal,
): Promise<string | undefined> {
  for (;;) {
    try {
      const connection = await line.link.again(limit)
      line.channel = await followAgain(connection, line.user, line.place)
      line.mailbox.follow(line.channel.stdout, line.channel.stderr, line.channel.ended)
      // What said it may have been lost with the connection.
      line.needsStart = true
      send(line, textAgain())
      return undefined
    } catch (error) {
      // It may be lost again before it follows.
      if (mayPass(error) && !limit.aborted) {
        // One that opens no channel is as good as lost.
        await line.link.drop()
        continue
      }
      line.isLost = true
      return error instanceof Error ? error.message : String(error)
    }
  }
}
