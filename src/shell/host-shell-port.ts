/** What a user's shell on a host is to the rest of this folder. */

import type {
  BackgroundProcess,
  CommandEvent,
  CommandRequest,
  LostFolder,
  ProbeRequest,
  ProbeResult,
} from '../run/ports.ts'
import type { ChannelScript } from './channel-text.ts'
import type { OpenShell } from './follow.ts'
import type { HostLink } from './host-link.ts'

export interface HostShellOptions extends OpenShell {
  readonly link: HostLink
  /** How long silence at a question's line is waited out; 0: for ever. */
  readonly waitingMs: number
  /** How long processes have to end by themselves. */
  readonly graceMs: number
  /** How long a lost connection may stay away while a command runs. */
  readonly awayMs: number
  /** Of what one command prints; it is ended when it has printed more. */
  readonly maxBytes: number
}

export interface StartedInBackground extends BackgroundProcess {
  /** The frame's, which names the files that it writes. */
  readonly number: number
  readonly mark: string
}

export interface HostShell {
  readonly folder: string
  /** It has to be opened again: nobody follows it any more. */
  readonly isLost: boolean
  /** No command was run in it: it is as it was when it was opened. */
  readonly isUnused: boolean
  /** No command was run in it before this session found it or made it. */
  readonly isFirst: boolean
  run(request: CommandRequest, signal: AbortSignal): AsyncGenerator<CommandEvent, void>
  ask(request: ProbeRequest): Promise<ProbeResult>
  /** @param stop - Written down on the host, for a later life of the run. */
  startBackground(request: CommandRequest, stop: string): Promise<StartedInBackground | LostFolder>
  /**
   * Ends the client's side only; what follows the shell on the host has ended then.
   *
   * @param last - What that runs before it ends.
   * @returns What was printed last; `undefined` where it has not ended by itself.
   */
  detach(last?: Omit<ChannelScript, 'nonce'>): Promise<Buffer | undefined>
  readonly nonce: string
}
