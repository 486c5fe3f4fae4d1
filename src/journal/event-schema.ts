import * as z from 'zod/mini'
import { eventShapes, type StampedEvent } from '../model/run-event.ts'

const stamp = { v: z.literal(1), seq: z.number(), at: z.string() }

const [first, ...others] = Object.entries(eventShapes).map(([kind, shape]) =>
  z.looseObject({ ...stamp, kind: z.literal(kind), ...shape }),
)
if (!first) throw new Error('unreachable: there are kinds of events')

const schema = z.discriminatedUnion('kind', [first, ...others])

/**
 * Parses a journal line; `undefined` if it is not an event. Keeps fields of later versions, and
 * fills in fields that the first versions did not write.
 */
export function asEvent(value: unknown): StampedEvent | undefined {
  const { data } = schema.safeParse(value)
  // oxlint-disable-next-line no-unsafe-type-assertion -- type and schema are read from one shape
  return data as StampedEvent | undefined
}
