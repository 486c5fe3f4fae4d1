import * as z from 'zod/mini'

const name = z
  .string()
  .check(z.regex(/^[A-Za-z_][A-Za-z0-9_-]*$/, 'a name has letters, digits, `_` and `-`'))
const scalar = z.union([z.string(), z.number(), z.boolean()])
const texts = z.union([z.array(scalar), scalar])

/** Our front matter keys; other tools may add theirs. */
export const shape = z.looseObject({
  title: z.optional(scalar),
  lang: z.optional(z.string()),
  requires: z.optional(texts),
  provides: z.optional(texts),
  needs: z.optional(texts),
  roles: z.optional(
    z.record(
      name,
      z.union([
        z.strictObject({ title: z.optional(z.string()), host: z.optional(z.string()) }),
        z.string(),
        z.null(),
      ]),
    ),
  ),
  vars: z.optional(
    z.record(
      z
        .string()
        .check(z.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a variable has letters, digits and `_`')),
      z.union([
        z.strictObject({
          default: z.optional(scalar),
          secret: z.optional(z.boolean()),
          ask: z.optional(z.string()),
          pattern: z.optional(z.string()),
          address: z.optional(z.string()),
          desc: z.optional(z.string()),
        }),
        scalar,
        z.null(),
      ]),
    ),
  ),
  dir: z.optional(z.string()),
  tags: z.optional(texts),
})

export type Shape = z.infer<typeof shape>

/** One text, or several. */
export type Texts = z.infer<typeof texts>
