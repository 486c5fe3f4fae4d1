import type { Message, Lang } from '../model/message.ts'
import type { RunEvent } from '../model/run-event.ts'
import type { Runbook } from '../model/runbook.ts'
import type { Clock, HostSession, Prompt } from './ports.ts'

/** Choices for the whole run. */
export interface RunOptions {
  readonly lang: Lang
  /** A person decides before each step. */
  readonly stepwise: boolean
  /** Manual steps count as confirmed. */
  readonly yes: boolean
  /** Dangerous steps run without being confirmed by name. */
  readonly allowDanger: boolean
  /** What to do with a step whose result was lost before a resume. Default: ask a person. */
  readonly lost?: 'again' | 'done' | undefined
  /** A failed step does not end the run. */
  readonly keepGoing: boolean
  /** A differing output does not fail its step; it is recorded as changed. */
  readonly update: boolean
  /** Overrides each step's own timeout. */
  readonly timeoutMs: number | undefined
  readonly fleet: FleetOptions
}

/** How a page runs on several hosts. */
export interface FleetOptions {
  /** Number of concurrent hosts. */
  readonly parallel: number
  /** Number of hosts that run first; the others start only if these pass. */
  readonly canary: number
  /** Size of a batch, as a percentage of all hosts. */
  readonly batchPercent: number
  /** No further batch starts above this percentage. */
  readonly maxFailPercent: number
}

export const oneByOne: FleetOptions = {
  parallel: 1,
  canary: 0,
  batchPercent: 100,
  maxFailPercent: 100,
}

/** Why a host failed a request. */
export interface HostFailure {
  /** `no-shell`: the host is reachable but refuses a shell for that user. */
  readonly kind: 'host-lost' | 'no-shell'
  readonly message: Message
}

export interface RunPorts {
  /**
   * Receives every event, one at a time and in order; the run waits for it. An error that it throws
   * ends the run.
   */
  readonly emit: (event: RunEvent) => void | Promise<void>
  /** Connected sessions, by host name. */
  readonly sessions: ReadonlyMap<string, HostSession>
  readonly clock: Clock
  readonly prompt: Prompt
  /** If aborted, the running step is stopped; `always` steps still run. */
  readonly signal: AbortSignal
  /** Interprets an error of a session; `undefined`: it is our bug. */
  readonly hostFailure: (error: unknown) => HostFailure | undefined
  /** A page's starting folder; `undefined`: the home folder. */
  readonly startDir: (runbook: Runbook, host: string) => string | undefined
  /** Receives every secret value before an event can contain it. */
  readonly onSecret: (value: string) => void
}
