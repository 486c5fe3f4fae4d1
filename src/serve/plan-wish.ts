/** The request to run a page (`POST plans`). */

import * as z from 'zod/mini'

export const planShape = z.object({
  page: z.string(),
  pageHash: z.string(),
  hosts: z.record(z.string(), z.string()),
  values: z.optional(z.record(z.string(), z.string())),
  select: z.optional(
    z.object({ from: z.optional(z.string()), only: z.optional(z.array(z.string())) }),
  ),
  /** Ask before each step, as `exec --step`. */
  stepwise: z.optional(z.boolean()),
  record: z.optional(z.boolean()),
})

export type PlanWish = z.infer<typeof planShape>
