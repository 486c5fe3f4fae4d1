/** The request to run a page (`POST plans`). */

import * as z from 'zod/mini'

export const planShape = z.object({
  page: z.string(),
  /** The hash of the page that the browser shows. */
  pageHash: z.string(),
  /** Host names by role. */
  hosts: z.record(z.string(), z.string()),
  /** By variable; secrets are not accepted here. */
  values: z.optional(z.record(z.string(), z.string())),
  /** Step ids. Default: the whole page. */
  select: z.optional(
    z.object({ from: z.optional(z.string()), only: z.optional(z.array(z.string())) }),
  ),
  /** Ask before each step, as `exec --step`. */
  stepwise: z.optional(z.boolean()),
  record: z.optional(z.boolean()),
  /** Ask the hosts now what each step would do. */
  verdicts: z.optional(z.boolean()),
})

export type PlanWish = z.infer<typeof planShape>
