import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { spliceBytes } from '../../src/record/splice-bytes.ts'

test('edits keep every byte outside them, for any bytes', () => {
  const piece = fc.oneof(
    fc.constantFrom('a', '\n', '\r\n', 'é', '世', '😀', '\uFEFF').map((text) => Buffer.from(text)),
    fc.uint8Array({ minLength: 1, maxLength: 3 }).map((bytes) => Buffer.from(bytes)),
  )
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => Buffer.concat(pieces))
  fc.assert(
    fc.property(text, text, text, fc.string(), (head, middle, tail, next) => {
      const bytes = Buffer.concat([head, Buffer.from('['), middle, Buffer.from(']'), tail])
      const source = bytes.toString()
      const start = head.toString().length + 1
      // A broken sequence at a border is drawn otherwise than in the whole.
      fc.pre(source.slice(0, start) === `${head.toString()}[`)
      const end = start + middle.toString().length
      const result = spliceBytes(bytes, source, [{ start, end, text: next }])
      const wanted = [head, Buffer.from('['), Buffer.from(next), Buffer.from(']'), tail]
      expect(result.equals(Buffer.concat(wanted))).toBe(true)
    }),
    { numRuns: 1000 },
  )
})
