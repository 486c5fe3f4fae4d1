/** What the server needs to know about earlier runs; `cli/serve` provides it. */

export interface ListedRun {
  readonly run: string
  /** ISO 8601, UTC. */
  readonly at: string
  readonly by: string | null
  readonly status: string
  readonly pages: readonly string[]
  readonly hosts: readonly string[]
  readonly steps: { readonly total: number; readonly ended: number }
  readonly durationMs: number | null
  readonly undoneBy: string | null
  /** Whether a living program works on it. */
  readonly isHeld: boolean
}

export const reportForms = ['markdown', 'html', 'junit', 'plain', 'json'] as const

export type ReportForm = (typeof reportForms)[number]

/** A method returns `undefined` if there is no such run. */
export interface RunArchive {
  readonly isReadOnly: boolean
  /** The newest first. */
  readonly list: () => Promise<readonly ListedRun[]>
  /** Lines of `GET runs/live`. */
  readonly follow: (signal: AbortSignal) => AsyncIterable<string>
  readonly details: (run: string) => Promise<object | undefined>
  /** Durations by `STEP@HOST`. */
  readonly history: (run: string) => object | undefined
  /** The whole output of a step on a host. */
  readonly output: (
    run: string,
    of: { readonly step: string; readonly host: string },
  ) => AsyncIterable<string | Uint8Array> | undefined
  readonly report: (
    run: string,
    form: ReportForm,
  ) => { readonly type: string; readonly text: string } | undefined
  readonly offeredRecord: (run: string) => Promise<object | undefined>
  /** With `problem`, nothing was written. */
  readonly keepRecord: (run: string, body: unknown) => Promise<object | undefined>
}
