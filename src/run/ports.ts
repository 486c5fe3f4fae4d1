/** The ports of the engine. Edges implement them; tests provide scripted ones. */

import type { Message } from '../model/message.ts'
import type { FramePlace } from '../model/run-event.ts'
import type { FailureChoice, StepChoice, StepQuestion } from './control.ts'
import type { HostFacts } from '../model/host.ts'
import type { StepAbout } from './step-about.ts'

/** An answer to a command's prompt. */
export interface DialogAnswer {
  /** The end of the prompt's line, as a person sees it. */
  readonly prompt: string
  readonly answer: string
}

/** One command for a host's shell. */
export interface CommandRequest {
  /** Passed to bash unchanged; no value is ever inserted. */
  readonly command: string
  /** The user to become with sudo; `undefined`: the login user. */
  readonly user: string | undefined
  /** Working folder of this command only; the shell returns to its own folder afterwards. */
  readonly dir: string | undefined
  /**
   * The command changes to another folder itself: it runs even if the shell's folder is gone, and
   * again if it had begun in a shell that is gone.
   */
  readonly leavesFolder?: true
  /** Exported before the command and kept, like `export` at a terminal. */
  readonly env: Readonly<Record<string, string>>
  /** Names in `env` that must not reach any file on the host. */
  readonly secrets: readonly string[]
  /** Standard input; `undefined`: empty. */
  readonly stdin: string | undefined
  /** `merged`: one stream in printing order. `apart`: two streams without a common order. */
  readonly streams: 'merged' | 'apart'
  readonly timeoutMs: number
  /** If set, even empty, the command runs at its own terminal. */
  readonly dialog?: readonly DialogAnswer[] | undefined
  /**
   * The first command of a step: from here on, output of programs that earlier commands left
   * running is ignored.
   */
  readonly beginsStep?: boolean
  /** Exit statuses after which later commands of the batch run. Default: 0. */
  readonly allowed?: 'any' | readonly number[]
}

/** The last known position of an interrupted run in a shell. */
export interface EarlierPlace extends FramePlace {
  /** Whether the command there was already reported as lost. */
  readonly isReported?: boolean
}

/**
 * `unread`: bash could not parse it and ran nothing. `new-shell`: the shell had exited before; it
 * ran in a new one with the last saved state. `shell-ended`: the shell exited with it; state that
 * it set is lost.
 */
export type CommandNote = 'unread' | 'new-shell' | 'shell-ended'

/** A new shell could not enter the old shell's folder, or `dir=` could not return to it. */
export interface LostFolder {
  readonly kind: 'lost-folder'
  /** `***` if its name contains a secret. */
  readonly folder: string
}

/** How a command ended. */
export type CommandEnd =
  | { readonly kind: 'exited'; readonly status: number; readonly note: CommandNote | undefined }
  /** Timed out; `ended` names the processes that were killed with it. */
  | { readonly kind: 'timeout'; readonly ended: readonly string[] }
  /**
   * A dialog is silent at a line that looks like a question but is not the next expected prompt.
   */
  | { readonly kind: 'waiting'; readonly prompt: string; readonly ended: readonly string[] }
  /** It printed more than the limit for a host's disk. */
  | { readonly kind: 'too-much'; readonly ended: readonly string[] }
  /** The host's disk is full: output is missing (`wasRun`), or nothing ran. */
  | { readonly kind: 'disk-full'; readonly wasRun: boolean }
  | { readonly kind: 'cancelled'; readonly ended: readonly string[] }
  /** Nothing ran: the shell's folder is gone. */
  | LostFolder
  /** Its status cannot be determined. */
  | {
      readonly kind: 'lost'
      readonly cause: Message
      /** It had begun before the run was resumed, and its shell is gone. */
      readonly earlier?: { readonly wasRebooted: boolean }
    }

export type CommandEvent =
  /** The first event, before the command is sent: the position for finding it again. */
  | { readonly kind: 'sending'; readonly frame: FramePlace }
  | {
      readonly kind: 'output'
      readonly stream: 'merged' | 'stdout' | 'stderr' | 'tty'
      /** Decoded as one UTF-8 stream across chunks. */
      readonly text: string
    }
  /** Waits at a line that looks like a question, but has no terminal to be answered at. */
  | { readonly kind: 'silent'; readonly prompt: string }
  | {
      readonly kind: 'ended'
      readonly end: CommandEnd
      readonly durationMs: number
      /** Number of answered dialog turns. */
      readonly answered?: number
      /** The shell's position after the command. */
      readonly next?: FramePlace
    }

/** The answer of a read-only script. */
export interface ProbeResult {
  readonly status: number
  /** Each stream up to its first MiB. */
  readonly stdout: string
  readonly stderr: string
  /** Whether a stream was cut: the answer is incomplete. */
  readonly isCut: boolean
  /** Set if the shell's folder is gone and the script ran elsewhere. */
  readonly lostFolder?: LostFolder | undefined
}

export interface ProbeRequest {
  readonly script: string
  /** Standard input of the script; `undefined`: empty. */
  readonly stdin: string | undefined
  readonly user: string | undefined
  readonly env: Readonly<Record<string, string>>
  readonly timeoutMs: number
}

export type RebootEvent =
  | { readonly kind: 'lost'; readonly cause: Message }
  | { readonly kind: 'back' }
  /** Timed out; the host did not answer. */
  | { readonly kind: 'away'; readonly cause: Message }
  /** Timed out; the host never went down. */
  | { readonly kind: 'up' }

export interface BackgroundProcess {
  readonly kind: 'started'
  readonly pid: number
}

/** A process of the run that continues after the run. */
export interface LeftRunning {
  /** The user whose shell started it; `null`: the login user. */
  readonly user: string | null
  /** Number of the command that started it, as in `FramePlace`. */
  readonly number: number
  readonly pid: number
  readonly command: string
  /** The host's file that receives its output from now on; empty if it has its own. */
  readonly output: string
}

/** One host during one run: a shell per user, which keeps its state between commands. */
export interface HostSession {
  readonly name: string
  /** The address connected to; `localhost` for this computer. */
  readonly address: string
  readonly facts: HostFacts
  /** `SHA256:…`; `null` for this computer. */
  readonly hostKey: string | null

  /**
   * Opens a user's shell at the position of an interrupted run: commands sent there are not
   * repeated but return their results. Call it before any other request to that shell.
   * Given only a user, it opens the shell so that `close` stops what still runs there.
   */
  openAt(place: EarlierPlace | Pick<EarlierPlace, 'user'>): Promise<void>

  /**
   * Waits until the host has rebooted and answers; shells resume with their last saved state.
   * `back`, `away` or `up` comes last.
   */
  awaitReboot(limits: {
    readonly timeoutMs: number
    readonly signal: AbortSignal
  }): AsyncIterable<RebootEvent>

  /**
   * Runs the commands of a batch, all of one user, in order; they may be sent together. Each yields
   * `sending`, its output and exactly one `ended`. The batch stops after the first command whose
   * status is not allowed, or whose shell exits.
   *
   * A non-zero status is a result, not an error. Aborting `signal` kills every descendant of the
   * command, then ends the iteration with `cancelled`; commands that had already ended report their
   * status. Leaving the iteration early kills the running command.
   */
  run(batch: readonly CommandRequest[], signal: AbortSignal): AsyncIterable<CommandEvent>

  /**
   * Runs a script of ours in a subshell of the user's shell, or in a temporary login environment if
   * the run has no such shell yet. Does not change the shell's state and leaves nothing behind;
   * `env` applies to this script only.
   */
  probe(request: ProbeRequest): Promise<ProbeResult>

  /**
   * Starts a command in the background. First stops background processes that the interrupted run
   * left in this user's shell.
   *
   * @param stop - The signal that stops it.
   */
  startBackground(request: CommandRequest, stop: string): Promise<BackgroundProcess | LostFolder>
  /**
   * Whether it still runs, and its output since the last call. Above 16 MiB the middle is cut; a
   * line of the output states how much.
   */
  backgroundState(
    process: BackgroundProcess,
  ): Promise<{ readonly running: boolean; readonly status: number | null; readonly output: string }>
  /** Stops it with all its descendants: with `stop` (`TERM`), then by force. */
  stopBackground(process: BackgroundProcess, stop: string): Promise<void>

  /**
   * Closes the shells and runs their EXIT traps. `keep`: leaves what a later resume needs on the
   * host.
   *
   * @returns Processes that were started and still run.
   */
  close(options: { readonly keep: boolean }): Promise<readonly LeftRunning[]>
}

export interface Clock {
  /** Milliseconds from an arbitrary origin; monotonic. */
  nowMs(): number
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

/** A person at a terminal, if there is one. */
export interface Prompt {
  /** With `--step`: the choice before a step. `undefined`: nobody can answer. */
  step(question: StepQuestion, signal: AbortSignal): Promise<StepChoice | undefined>
  /** With `--step`: the choice after a failure. */
  failure(question: StepQuestion, signal: AbortSignal): Promise<FailureChoice | undefined>

  /** `undefined`: nobody can answer. */
  confirm(
    question: ConfirmQuestion,
    signal: AbortSignal,
  ): Promise<'yes' | 'skip' | 'no' | undefined>
}

export interface ConfirmQuestion {
  /**
   * `lost`: the step's result was lost before the run was resumed. `yes` runs it again, `skip`
   * counts it as done.
   */
  readonly kind: 'manual' | 'danger' | 'lost'
  /** `PAGE#ID`. */
  readonly step: string
  readonly host: string
  /** The task, the possible loss, or for `lost` what is known. */
  readonly text: string
  readonly about: StepAbout
}
