/**
 * The last verified result of one runbook on one platform, as it lives in the repository.
 *
 * Reading, judging and writing records is in `record/`.
 */

export interface CommandRecord {
  readonly exit: number
  readonly durationMs: number
  /** As printed, masked; one stream as at a terminal unless the step keeps its streams apart. */
  readonly output: string
  /** Only where the step keeps its streams apart. */
  readonly stderr?: string | undefined
  /** Whether the middle of `output` was left out. */
  readonly truncated?: true | undefined
}

export interface StepRecord {
  /** Of what was run and judged beforehand: `sha256:…`. */
  readonly hash: string
  /** ISO 8601, UTC: when this step last ran and passed. */
  readonly at: string
  /** `skipped`: already done; its commands were not run in any recorded run. */
  readonly status: 'passed' | 'changed' | 'skipped' | 'confirmed'
  readonly durationMs: number
  /** The label of the variant that the host took. */
  readonly variant?: string | undefined
  /** Whether the output differs from what the page says (`--update`). */
  readonly differs?: true | undefined
  readonly commands: readonly CommandRecord[]
}

/** A person ran something else than the page says: the step's own record is of an earlier run. */
export interface DeviationRecord {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly run: string
}

export interface RunbookRecord {
  readonly v: 1
  /** The page's file name. */
  readonly runbook: string
  readonly platform: string
  /** ISO 8601, UTC: when the recorded run ended. */
  readonly at: string
  readonly run: string
  readonly tool: string
  readonly host: {
    readonly name: string
    readonly os: string
    readonly arch: string
    readonly kernel: string
    readonly bash: string
    /** `SHA256:…`; `null` for this computer itself. */
    readonly hostKey: string | null
  }
  /** By step id. */
  readonly steps: Readonly<Record<string, StepRecord>>
  /** By step id: of recorded runs, until the step runs again as the page has it. */
  readonly deviations?: Readonly<Record<string, DeviationRecord>> | undefined
}

/** What a page's step is worth on one platform. */
export type StepState = 'verified' | 'changed' | 'stale' | 'contradicted' | 'never' | 'manual'
