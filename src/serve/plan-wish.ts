/** What a person wants to run. */

import * as z from 'zod/mini'

export const planShape = z.object({
  page: z.string(),
  pageHash: z.string(),
  hosts: z.record(z.string(), z.string()),
  values: z.optional(z.record(z.string(), z.string())),
  select: z.optional(
    z.object({ from: z.optional(z.string()), only: z.optional(z.array(z.string())) }),
  ),
  /** Whether the run asks before each step. */
  stepwise: z.optional(z.boolean()),
  record: z.optional(z.boolean()),
})

export type PlanWish = z.infer<typeof planShape>
