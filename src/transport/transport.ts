/**
 * How a host is reached: channels of raw bytes to a shell there, and nothing about steps.
 *
 * `local.ts` and `ssh.ts` implement it and pass `test/transport/transport-contract.ts`. What a
 * channel runs is one constant; everything else, secrets too, goes to its standard input.
 */

import type { Message } from '../model/message.ts'
import { LocalizedError } from '../diagnostic/localized-error.ts'
import type { Readable, Writable } from 'node:stream'
import type { HostKey, KnownHostsPlace } from '../model/ssh-target.ts'

/**
 * What every channel runs, understood by any login shell.
 *
 * Bash reads its script byte by byte from a pipe, so that what follows the script on standard
 * input is left to the script.
 */
export const launcher = "exec /bin/sh -c 'exec bash --noprofile --norc'"

export interface Connection {
  /** As the user wrote it; `local` for this computer. */
  readonly host: string
  /** By which it was reached; `localhost` for this computer. */
  readonly address: string
  /** `SHA256:…`; `null` for this computer. */
  readonly hostKey: string | null
  /**
   * Starts `launcher` on a channel of its own.
   *
   * @throws {TransportError} `lost`, or `unsupported` where the host refuses one more channel.
   */
  open(): Promise<Channel>
  /** Resolves, once, when the connection is gone without `close` having been called. */
  readonly lost: Promise<TransportError>
  /** Ends the connection and all its channels. */
  close(): Promise<void>
}

/** Both output streams have to be read, or neither goes on: they share one window. */
export interface Channel {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** Resolves when both outputs have ended; never rejects. */
  readonly ended: Promise<ChannelEnd>
  /** Ends the channel without waiting for what runs on it. */
  close(): void
}

/** How a channel ended, as the host reported it. */
export type ChannelEnd =
  | { readonly kind: 'code'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string }
  /** The host said nothing: the connection was lost, or we closed the channel. */
  | { readonly kind: 'none' }

export type TransportReason =
  | 'unreachable'
  | 'host-key-unknown'
  | 'host-key-changed'
  | 'host-key-revoked'
  | 'auth'
  | 'password-expired'
  | 'lost'
  | 'unsupported'
  | 'config'

/** What is known of a host key that was refused. */
export interface RefusedKey {
  readonly offered: HostKey
  readonly expected: HostKey | undefined
  readonly place: KnownHostsPlace | undefined
}

/** The connection failed, not a command. The message names the cause and what to do. */
export class TransportError extends LocalizedError {
  override readonly name = 'TransportError'
  readonly reason: TransportReason
  readonly host: string
  readonly refusedKey: RefusedKey | undefined

  constructor(
    reason: TransportReason,
    host: string,
    text: Message,
    options: ErrorOptions & { readonly refusedKey?: RefusedKey } = {},
  ) {
    super(text, options)
    this.reason = reason
    this.host = host
    this.refusedKey = options.refusedKey
  }
}
