import type { Message, Lang } from '../model/message.ts'
import type { RunEvent } from '../model/run-event.ts'
import type { Runbook } from '../model/runbook.ts'
import type { Clock, HostSession, Prompt } from './ports.ts'

/** What a person decided for the whole run. */
export interface RunOptions {
  readonly lang: Lang
  /** A person decides before each step. */
  readonly stepwise: boolean
  /** Manual steps count as confirmed. */
  readonly yes: boolean
  /** Dangerous steps run without being confirmed by name. */
  readonly allowDanger: boolean
  /** What becomes of a step that an earlier life has lost. Default: a person is asked. */
  readonly lost?: 'again' | 'done' | undefined
  /** A failed step does not end the run. */
  readonly keepGoing: boolean
  /** An output that differs does not fail its step; it is recorded as changed. */
  readonly update: boolean
  /** Instead of each step's own limit. */
  readonly timeoutMs: number | undefined
  readonly fleet: FleetOptions
}

/** How a page runs on several hosts. */
export interface FleetOptions {
  /** How many hosts at a time. */
  readonly parallel: number
  /** How many hosts go first, alone; the others follow only if these pass. */
  readonly canary: number
  /** How much of all hosts one batch is. */
  readonly batchPercent: number
  /** Above this no further batch is started. */
  readonly maxFailPercent: number
}

export const oneByOne: FleetOptions = {
  parallel: 1,
  canary: 0,
  batchPercent: 100,
  maxFailPercent: 100,
}

/** Why a host could not do what was asked of it. */
export interface HostFailure {
  /** `no-shell`: it is there, and lets us have no shell as that user. */
  readonly kind: 'host-lost' | 'no-shell'
  readonly message: Message
}

export interface RunPorts {
  /**
   * Called for every event, one at a time and in their order; the run goes on once it is done. What it
   * throws ends the run.
   */
  readonly emit: (event: RunEvent) => void | Promise<void>
  /** By host name; connected. */
  readonly sessions: ReadonlyMap<string, HostSession>
  readonly clock: Clock
  readonly prompt: Prompt
  /** Aborted: the running step is ended, `always` steps still run. */
  readonly signal: AbortSignal
  /** What an error of a session means; `undefined`: it is a fault of ours. */
  readonly hostFailure: (error: unknown) => HostFailure | undefined
  /** Where a page starts; `undefined`: the home folder. */
  readonly startDir: (runbook: Runbook, host: string) => string | undefined
  /** Called with every secret value before any event could hold it. */
  readonly onSecret: (value: string) => void
}
