/**
 * The last verified result of one runbook on one platform, as stored in the repository. The zod
 * schema validates the file, and the types are inferred from it.
 *
 * Reading, judging and writing records is in `record/`.
 */

import * as z from 'zod/mini'
import { isPlatform } from './host.ts'
import type { Immutable } from './immutable.ts'
import { doneStatuses } from './step-status.ts'

const commandRecord = z.object({
  exit: z.number(),
  durationMs: z.number(),
  /** As printed, with secrets masked. Both streams, unless the step keeps them apart. */
  output: z.string(),
  /** Set only for a step that keeps its streams apart. */
  stderr: z.optional(z.string()),
  /** Output of the second run of `exec --twice`, if it differs. */
  again: z.optional(z.string()),
  /** Whether the middle of `output` was cut. */
  truncated: z.optional(z.literal(true)),
})

const stepRecord = z.object({
  /** `sha256:…` over the step's commands and conditions. */
  hash: z.string(),
  /** ISO 8601, UTC: the step's last passing run. */
  at: z.string(),
  /** `skipped`: already done, and no recorded run executed its commands. */
  status: z.enum(doneStatuses),
  durationMs: z.number(),
  /** The label of the variant that ran on the host. */
  variant: z.optional(z.string()),
  /** Whether the output differs from the page's (`--update`). */
  differs: z.optional(z.literal(true)),
  commands: z.array(commandRecord),
})

/** A person edited the step before running it; the step's own record is from an earlier run. */
const deviationRecord = z.object({
  /** ISO 8601, UTC. */
  at: z.string(),
  run: z.string(),
})

export const runbookRecord = z.object({
  v: z.literal(1),
  /** The page's file name. */
  runbook: z.string(),
  /** Part of the record's file name. */
  platform: z.string().check(z.refine(isPlatform)),
  /** ISO 8601, UTC: end of the recorded run. */
  at: z.string(),
  run: z.string(),
  tool: z.string(),
  host: z.object({
    name: z.string(),
    os: z.string(),
    arch: z.string(),
    kernel: z.string(),
    bash: z.string(),
    /** `SHA256:…`; `null` for this computer. */
    hostKey: z.nullable(z.string()),
  }),
  /** By step id. */
  steps: z.record(z.string(), stepRecord),
  /** By step id. Kept until the step runs again as written on the page. */
  deviations: z.optional(z.record(z.string(), deviationRecord)),
})

export type CommandRecord = Immutable<z.infer<typeof commandRecord>>
export type StepRecord = Immutable<z.infer<typeof stepRecord>>
export type DeviationRecord = Immutable<z.infer<typeof deviationRecord>>
export type RunbookRecord = Immutable<z.infer<typeof runbookRecord>>

/** The state of a step's record on one platform. */
export type StepState = 'verified' | 'changed' | 'stale' | 'contradicted' | 'never' | 'manual'
