import type { Lang } from '../check/check-sentence.ts'
import type { Clock, HostSession, Prompt } from './ports.ts'

/** What a person decided for the whole run. */
export interface RunOptions {
  readonly lang: Lang
  /** Manual steps count as confirmed. */
  readonly yes: boolean
  /** Dangerous steps run without being confirmed by name. */
  readonly allowDanger: boolean
  /** A failed step does not end the run. */
  readonly keepGoing: boolean
  /** An output that differs does not fail its step; it is recorded as changed. */
  readonly update: boolean
  /** Instead of each step's own limit. */
  readonly timeoutMs: number | undefined
}

export interface RunPorts {
  /** By host name; connected. */
  readonly sessions: ReadonlyMap<string, HostSession>
  readonly clock: Clock
  readonly prompt: Prompt
  /** Aborted: the running step is ended, `always` steps still run. */
  readonly signal: AbortSignal
  /** Called with every secret value before any event could hold it. */
  readonly onSecret: (value: string) => void
}
