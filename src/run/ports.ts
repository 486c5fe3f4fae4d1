/**
 * What the engine needs of the world. Edges implement these; tests play them from a script.
 */

import type { Message } from '../model/message.ts'
import type { FramePlace } from '../model/run-event.ts'
import type { FailureChoice, StepChoice, StepQuestion } from './control.ts'
import type { HostFacts } from '../model/host.ts'
import type { StepAbout } from './step-about.ts'

/** What is typed when a command asks. */
export interface DialogAnswer {
  /** The end of the line at which it waits, as a person sees it. */
  readonly prompt: string
  readonly answer: string
}

/** One command for a host's shell. */
export interface CommandRequest {
  /** Bash reads it as it stands: no value was ever put into it. */
  readonly command: string
  /** By sudo; `undefined` is the user that the connection logged in as. */
  readonly user: string | undefined
  /** For this command only: the shell is where it was when the command is over. */
  readonly dir: string | undefined
  /**
   * It goes to a folder of its own: it is run also where the one that the shell was in is gone, and
   * again where it had begun in a shell that is gone.
   */
  readonly leavesFolder?: true
  /** Set and exported before the command, and kept, as `export` at a terminal. */
  readonly env: Readonly<Record<string, string>>
  /** Names in `env` that must not reach any file on the host. */
  readonly secrets: readonly string[]
  /** Standard input; empty where `undefined`. */
  readonly stdin: string | undefined
  /** `merged`: one stream in the order of printing. `apart`: two, with no common order. */
  readonly streams: 'merged' | 'apart'
  readonly timeoutMs: number
  /** With it, also an empty one, the command runs at a terminal of its own. */
  readonly dialog?: readonly DialogAnswer[] | undefined
  /** It begins a step: what earlier ones left running, and that still prints, is not heard from here on. */
  readonly beginsStep?: boolean
  /** The statuses after which the commands behind it in its batch run. Default: 0. */
  readonly allowed?: 'any' | readonly number[]
}

/** Where an earlier life of a run had come to in a shell. */
export interface EarlierPlace extends FramePlace {
  /** Whether the command there was called lost already. */
  readonly isReported?: boolean
}

/**
 * `unread`: bash could not read it, nothing of it was run. `new-shell`: the shell had ended before it;
 * it ran in a new one, with the state that was saved last. `shell-ended`: the shell ended with it; what
 * it had set itself is lost.
 */
export type CommandNote = 'unread' | 'new-shell' | 'shell-ended'

/** A new shell could not go to the folder of the one before, or `dir=` not back to it. */
export interface LostFolder {
  readonly kind: 'lost-folder'
  /** `***` where its name holds a secret. */
  readonly folder: string
}

/** How a command ended. */
export type CommandEnd =
  | { readonly kind: 'exited'; readonly status: number; readonly note: CommandNote | undefined }
  /** Its time was over; `ended` names the processes that were ended with it. */
  | { readonly kind: 'timeout'; readonly ended: readonly string[] }
  /** A dialog is silent at a line that looks like a question, and not at the next that is answered. */
  | { readonly kind: 'waiting'; readonly prompt: string; readonly ended: readonly string[] }
  /** It printed more than a host's disk is asked to hold. */
  | { readonly kind: 'too-much'; readonly ended: readonly string[] }
  /** The host's disk is full: output is missing (`wasRun`), or nothing of it was run. */
  | { readonly kind: 'disk-full'; readonly wasRun: boolean }
  | { readonly kind: 'cancelled'; readonly ended: readonly string[] }
  /** Nothing of it was run: the folder in which the page left the shell is gone. */
  | LostFolder
  /** No status can be known any more. */
  | {
      readonly kind: 'lost'
      readonly cause: Message
      /** It had begun in an earlier life of the run, and its shell is gone. */
      readonly earlier?: { readonly wasRebooted: boolean }
    }

export type CommandEvent =
  /** Comes first, before the command is sent: what is needed to find it again. */
  | { readonly kind: 'sending'; readonly frame: FramePlace }
  | {
      readonly kind: 'output'
      readonly stream: 'merged' | 'stdout' | 'stderr' | 'tty'
      /** Decoded as one UTF-8 stream across chunks. */
      readonly text: string
    }
  /** It stays at a line that looks like a question, without a terminal at which one could answer. */
  | { readonly kind: 'silent'; readonly prompt: string }
  | {
      readonly kind: 'ended'
      readonly end: CommandEnd
      readonly durationMs: number
      /** How many turns of the dialog were answered. */
      readonly answered?: number
      /** Where the shell is now. */
      readonly next?: FramePlace
    }

/** What a read-only script answered. */
export interface ProbeResult {
  readonly status: number
  /** Of each stream at most the first MiB. */
  readonly stdout: string
  readonly stderr: string
  /** Whether more was printed than stands here: what does is a beginning, not an answer. */
  readonly isCut: boolean
  /** Set where it was asked somewhere else than where the page left the shell. */
  readonly lostFolder?: LostFolder | undefined
}

export interface ProbeRequest {
  readonly script: string
  /** Standard input of the script; empty where `undefined`. */
  readonly stdin: string | undefined
  readonly user: string | undefined
  readonly env: Readonly<Record<string, string>>
  readonly timeoutMs: number
}

export type RebootEvent =
  | { readonly kind: 'lost'; readonly cause: Message }
  | { readonly kind: 'back' }
  /** Its time was over, and it did not answer. */
  | { readonly kind: 'away'; readonly cause: Message }
  /** Its time was over, and it was never down. */
  | { readonly kind: 'up' }

export interface BackgroundProcess {
  readonly kind: 'started'
  readonly pid: number
}

/** A process of the run that goes on after its end. */
export interface LeftRunning {
  /** Whose shell started it; `null`: of the user that the connection logged in as. */
  readonly user: string | null
  /** Of the command that started it, as `FramePlace` has it. */
  readonly number: number
  readonly pid: number
  readonly command: string
  /** The file on the host that its output goes to from now on; empty where it has its own. */
  readonly output: string
}

/** One host for one run: a shell per user, state kept from command to command. */
export interface HostSession {
  readonly name: string
  /** By which it was reached; `localhost` for this computer. */
  readonly address: string
  readonly facts: HostFacts
  /** `SHA256:…`; `null` for this computer. */
  readonly hostKey: string | null

  /**
   * Opens a user's shell where an earlier life of the run had come to: commands that it had sent are
   * not run again, but answered as they ended. To be called before anything else is asked of that
   * shell.
   */
  openAt(place: EarlierPlace): Promise<void>

  /**
   * Waits until the host has been started again and answers; shells go on with the state that they
   * saved last. `back`, `away` or `up` comes last.
   */
  awaitReboot(limits: {
    readonly timeoutMs: number
    readonly signal: AbortSignal
  }): AsyncIterable<RebootEvent>

  /**
   * Runs the commands of a batch, all of one user, in their order; they may be sent at once. Each has
   * its `sending`, what it prints and exactly one `ended`. The first that does not end with a status
   * that it allows, or that ends its shell, is the last.
   *
   * A status other than 0 is an answer, not an error. Aborting `signal` ends every descendant of
   * the command and then the iteration, with `cancelled`; commands that had ended by then say how.
   * Who leaves the iteration early ends the command that runs.
   */
  run(batch: readonly CommandRequest[], signal: AbortSignal): AsyncIterable<CommandEvent>

  /**
   * Runs a script of ours in a subshell of the user's shell where the run has one by now, else in a
   * throwaway one with the login environment. The shell's state does not change, and nothing of the
   * probe itself is left behind; `env` is set for this script only.
   */
  probe(request: ProbeRequest): Promise<ProbeResult>

  /**
   * Starts a command and leaves it running. What an earlier life of the run left running in this
   * user's shell is ended first.
   *
   * @param stop - The signal by which it is ended.
   */
  startBackground(request: CommandRequest, stop: string): Promise<BackgroundProcess | LostFolder>
  /**
   * Whether it still runs, and what it has printed since this was asked last. Of more than 16 MiB the
   * middle is left out; a line of the output says how much.
   */
  backgroundState(
    process: BackgroundProcess,
  ): Promise<{ readonly running: boolean; readonly status: number | null; readonly output: string }>
  /** Ends it with all its descendants: first by `stop` (`TERM`), then by force. */
  stopBackground(process: BackgroundProcess, stop: string): Promise<void>

  /**
   * Ends the shells, each with its EXIT trap. `keep`: leaves what a later resume needs on the host.
   *
   * @returns What was started and still runs.
   */
  close(options: { readonly keep: boolean }): Promise<readonly LeftRunning[]>
}

export interface Clock {
  /** Milliseconds, from any fixed point; never goes back. */
  nowMs(): number
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

/** A person, or nobody. */
export interface Prompt {
  /** With `--step`: what to do with a step. `undefined`: nobody is there. */
  step(question: StepQuestion, signal: AbortSignal): Promise<StepChoice | undefined>
  /** With `--step`: what to do after a failure. */
  failure(question: StepQuestion, signal: AbortSignal): Promise<FailureChoice | undefined>

  /** `undefined`: there is nobody to ask. */
  confirm(
    question: ConfirmQuestion,
    signal: AbortSignal,
  ): Promise<'yes' | 'skip' | 'no' | undefined>
}

export interface ConfirmQuestion {
  /** `lost`: an earlier life has lost how the step ended. `yes` runs it again, `skip` takes it as done. */
  readonly kind: 'manual' | 'danger' | 'lost'
  /** `PAGE#ID`. */
  readonly step: string
  readonly host: string
  /** What to do, or what is lost; of a `lost` step what is known. */
  readonly text: string
  readonly about: StepAbout
}
