/**
 * The contract of a transport: channels of raw bytes to a bash on the host. Knows no steps.
 *
 * `local.ts`, `ssh.ts` and `command.ts` implement it and pass
 * `test/transport/transport-contract.ts`. Every channel runs the same constant command line;
 * scripts and secrets go to its standard input only.
 */

import type { Message } from '../model/message.ts'
import { LocalizedError } from '../diagnostic/localized-error.ts'
import type { Readable, Writable } from 'node:stream'
import type { HostKey, KnownHostsPlace } from '../model/ssh-target.ts'

/**
 * The command line of every channel, valid in any login shell.
 *
 * Bash reads a script from a pipe byte by byte, so the script itself can read the input after it.
 */
export const launcher = "exec /bin/sh -c 'exec bash --noprofile --norc'"

export interface Connection {
  /** The name that the user gave; `local` for this computer. */
  readonly host: string
  /** The address that was connected to; `localhost` for this computer. */
  readonly address: string
  /** `SHA256:…`; `null` for this computer. */
  readonly hostKey: string | null
  /**
   * Starts `launcher` on a channel of its own.
   *
   * @throws {TransportError} `lost`, or `unsupported` if the host refuses another channel.
   */
  open(): Promise<Channel>
  /** Resolves when the connection is lost; stays pending after `close`. */
  readonly lost: Promise<TransportError>
  /** Ends the connection and all its channels. */
  close(): Promise<void>
}

/** Read both outputs: they share one flow-control window, so an unread one blocks the other. */
export interface Channel {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** Resolves when both outputs have ended; never rejects. */
  readonly ended: Promise<ChannelEnd>
  /** Ends the channel without waiting for its process. */
  close(): void
}

/** How a channel ended, as the host reported it. */
export type ChannelEnd =
  | { readonly kind: 'code'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string }
  /** No exit status: the connection was lost, or this side closed the channel. */
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

/** A host key that was refused, and the known_hosts entry that it conflicts with. */
export interface RefusedKey {
  readonly offered: HostKey
  readonly expected: HostKey | undefined
  readonly place: KnownHostsPlace | undefined
}

/** The connection failed, as opposed to a command. The message has the cause and a remedy. */
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
