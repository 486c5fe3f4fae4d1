/**
 * The last verified result of one runbook on one platform, as it lives in the repository. It is
 * written once, as the shape that a file is checked against; the types are read from it.
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
  /** As printed, masked; one stream as at a terminal unless the step keeps its streams apart. */
  output: z.string(),
  /** Only where the step keeps its streams apart. */
  stderr: z.optional(z.string()),
  /** What the second run of `exec --twice` printed, where it differs. */
  again: z.optional(z.string()),
  /** Whether the middle of `output` was left out. */
  truncated: z.optional(z.literal(true)),
})

const stepRecord = z.object({
  /** Of what was run and judged beforehand: `sha256:…`. */
  hash: z.string(),
  /** ISO 8601, UTC: when this step last ran and passed. */
  at: z.string(),
  /** `skipped`: already done; its commands were not run in any recorded run. */
  status: z.enum(doneStatuses),
  durationMs: z.number(),
  /** The label of the variant that the host took. */
  variant: z.optional(z.string()),
  /** Whether the output differs from what the page says (`--update`). */
  differs: z.optional(z.literal(true)),
  commands: z.array(commandRecord),
})

/** A person ran an edited step: the step's own record is of an earlier run. */
const deviationRecord = z.object({
  /** ISO 8601, UTC. */
  at: z.string(),
  run: z.string(),
})

export const runbookRecord = z.object({
  v: z.literal(1),
  /** The page's file name. */
  runbook: z.string(),
  /** Names the record's file. */
  platform: z.string().check(z.refine(isPlatform)),
  /** ISO 8601, UTC: when the recorded run ended. */
  at: z.string(),
  run: z.string(),
  tool: z.string(),
  host: z.object({
    name: z.string(),
    os: z.string(),
    arch: z.string(),
    kernel: z.string(),
    bash: z.string(),
    /** `SHA256:…`; `null` for this computer itself. */
    hostKey: z.nullable(z.string()),
  }),
  /** By step id. */
  steps: z.record(z.string(), stepRecord),
  /** By step id: of recorded runs, until the step runs again as the page has it. */
  deviations: z.optional(z.record(z.string(), deviationRecord)),
})

export type CommandRecord = Immutable<z.infer<typeof commandRecord>>
export type StepRecord = Immutable<z.infer<typeof stepRecord>>
export type DeviationRecord = Immutable<z.infer<typeof deviationRecord>>
export type RunbookRecord = Immutable<z.infer<typeof runbookRecord>>

/** What a page's step is worth on one platform. */
export type StepState = 'verified' | 'changed' | 'stale' | 'contradicted' | 'never' | 'manual'
