/**
 * What a run says while it goes: the one truth that journal, terminal and site read.
 *
 * CLI.md's table is the contract of these names; `v`, `seq` and `at` are added when an event is
 * stamped.
 */

export type StepStatus =
  | 'passed'
  | 'changed'
  | 'skipped'
  | 'failed'
  | 'confirmed'
  | 'cancelled'
  | 'lost'
  | 'unknown'

/** Why a step ended as it did. */
export type Reason =
  | 'exit-status'
  | 'output'
  | 'precondition'
  | 'postcondition'
  | 'not-ready'
  | 'timeout'
  | 'waiting-for-input'
  | 'dialog'
  | 'not-for-this-host'
  | 'already-done'
  | 'equal'
  | 'not-confirmed'
  | 'assumed'
  | 'not-captured'
  | 'output-limit'
  | 'disk-full'
  | 'command-lost'
  | 'reboot'
  | 'rebooted'
  | 'interrupted'
  | 'by-hand'
  | 'host-lost'
  | 'no-shell'
  | 'undo-only'
  | 'file'
  | 'unsupported'

export type RunStatus = 'passed' | 'failed' | 'cancelled' | 'lost'

export interface RunHost {
  readonly name: string
  readonly role: string | null
  readonly address: string
  readonly platform: string
}

/** One step of a run as a list shows it. */
export interface StepOutline {
  /** `PAGE#ID`. */
  readonly step: string
  readonly host: string
  readonly title: string
  readonly file: string
  /** Of the step's opening mark. */
  readonly line: number
  /** Of what it runs: a step whose content changed since is run again by `resume`. */
  readonly hash: string
  /** Addresses of the steps whose work this clean-up takes back. */
  readonly reverts?: readonly string[]
}

/** Where the host's shell was when a command was sent, so that it can be found again. */
export interface FramePlace {
  readonly user: string | null
  readonly number: number
  /** Bytes of each output before it. */
  readonly out: number
  readonly err: number
}

export interface Counts {
  readonly passed: number
  readonly changed: number
  readonly skipped: number
  readonly failed: number
  readonly confirmed: number
  readonly cancelled: number
  readonly lost: number
  /** Planned and never started. */
  readonly notRun: number
}

/** A file that a step has changed, so that `undo` can put it back. */
export interface FileBackup {
  /** On the host, with every symbolic link resolved. */
  readonly file: string
  /** Where the host keeps the old file; `null`: there was none. */
  readonly kept: string | null
  /** Of the file as the step left it; `missing` where it removed it. */
  readonly sha256: string
}

interface OfStep {
  /** `PAGE#ID`. */
  readonly step: string
  readonly host: string
}

export type Stream = 'merged' | 'stdout' | 'stderr' | 'tty'

export type RunEvent =
  | {
      readonly kind: 'run-started'
      readonly run: string
      readonly tool: string
      readonly runbooks: readonly string[]
      readonly hosts: readonly RunHost[]
      /** What is to be done, in order, so that a journal can be read without its pages. */
      readonly steps: readonly StepOutline[]
    }
  | {
      readonly kind: 'host-connected'
      readonly host: string
      readonly address: string
      readonly platform: string
      readonly reason: string | null
    }
  | {
      readonly kind: 'host-lost'
      readonly host: string
      readonly address: string
      readonly platform: string
      readonly reason: string
    }
  | {
      readonly kind: 'host-back'
      readonly host: string
      readonly address: string
      readonly platform: string
      readonly reason: string | null
    }
  | (OfStep & {
      readonly kind: 'check-answered'
      readonly check: string
      readonly holds: boolean
      readonly actual: string
    })
  /** A command stays at a line that looks like a question; it goes on. */
  | (OfStep & {
      readonly kind: 'command-silent'
      readonly index: number
      readonly prompt: string
    })
  | (OfStep & {
      readonly kind: 'step-started'
      readonly user: string
      /** The label of the variant that the host takes. */
      readonly variant: string | null
    })
  | (OfStep & {
      readonly kind: 'command-started'
      readonly index: number
      readonly text: string
      /** `null` for what has no place in a shell. */
      readonly frame: FramePlace | null
    })
  | (OfStep & {
      readonly kind: 'output'
      readonly index: number
      readonly stream: Stream
      readonly text: string
      readonly truncated?: true
    })
  | (OfStep & {
      readonly kind: 'command-ended'
      readonly index: number
      readonly exit: number
      readonly durationMs: number
      /** Where the shell was then; `null` for what has no place in a shell. */
      readonly next: FramePlace | null
    })
  | (OfStep & {
      readonly kind: 'step-ended'
      readonly status: StepStatus
      readonly reason: Reason | null
      /** One sentence for a person. */
      readonly message: string
      readonly exit: number | null
      readonly durationMs: number
      /** A person ran something else than the page says. */
      readonly deviation?: true
      /** Expected against actual, line by line, where the output did not match. */
      readonly diff?: string
      /** Line of the expected text, from 1, at which the output differs first. */
      readonly expectedLine?: number
      readonly backup?: FileBackup
    })
  | {
      readonly kind: 'run-ended'
      readonly status: RunStatus
      readonly counts: Counts
      /** The exit code of the program. */
      readonly exit: number
    }

/** An event as it is written: one JSON a line. */
export type StampedEvent = RunEvent & {
  readonly v: 1
  readonly seq: number
  /** ISO 8601, UTC. */
  readonly at: string
}
