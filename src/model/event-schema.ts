import * as z from 'zod/mini'
import { eventShapes, type StampedEvent } from './run-event.ts'

const stamp = { v: z.literal(1), seq: z.number(), at: z.string() }

const [first, ...others] = Object.entries(eventShapes).map(([kind, shape]) =>
  z.looseObject({ ...stamp, kind: z.literal(kind), ...shape }),
)
if (!first) throw new Error('unreachable: `eventShapes` is empty')

const schema = z.discriminatedUnion('kind', [first, ...others])

/**
 * Validates a parsed line of a journal; `undefined` if it is not an event. Keeps unknown fields, which newer
 * releases write, and adds defaults for fields that early releases omitted.
 */
export function asEvent(value: unknown): StampedEvent | undefined {
  const { data } = schema.safeParse(value)
  // oxlint-disable-next-line no-unsafe-type-assertion -- `StampedEvent` and the schema derive from `eventShapes`
  return data as StampedEvent | undefined
}

/** Reads a line of a journal; `undefined` if it is not an event. */
export function parsedEvent(line: string): StampedEvent | undefined {
  try {
    return asEvent(JSON.parse(line))
  } catch {
    return undefined
  }
}
