/** Output is decoded by Node's `StringDecoder`: what we rely on. */

import { StringDecoder } from 'node:string_decoder'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

const decoded = (chunks: readonly Buffer[]): string => {
  const stream = new StringDecoder('utf8')
  return chunks.map((chunk) => stream.write(chunk)).join('') + stream.end()
}

test('is decoded as in one piece, in any chunking', () => {
  const bytes = fc.oneof(
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    fc.uint8Array().map((all) => Buffer.from(all)),
  )
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 4 }), fc.array(fc.nat(40)), (parts, cuts) => {
      const whole = Buffer.concat(parts)
      const places = [0, ...cuts.map((cut) => Math.min(cut, whole.length)), whole.length]
      const sorted = places.toSorted((a, b) => a - b)
      const chunks = sorted.slice(1).map((end, index) => whole.subarray(sorted[index], end))
      expect(decoded(chunks)).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(whole))
    }),
    { numRuns: 2000 },
  )
})

test('keeps a byte order mark: it was printed', () => {
  expect(decoded([Buffer.from('\ufeffa')])).toBe('\ufeffa')
})
