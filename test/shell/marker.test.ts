import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createScanner, type Mark, newNonce } from '../../src/shell/marker.ts'

const nonce = newNonce()
const marker = (kind: string, ...fields: readonly string[]): Buffer =>
  Buffer.from(`\x1eRB:${[nonce, kind, ...fields].join(':')}\x1e`)

/** All output as one text, and the markers with the number of bytes before each. */
function scan(chunks: readonly Buffer[]): {
  readonly text: string
  readonly marks: readonly (Mark & { readonly at: number })[]
} {
  const scanner = createScanner(nonce)
  const marks: (Mark & { readonly at: number })[] = []
  let text = ''
  for (const chunk of chunks) {
    for (const found of scanner.push(chunk)) {
      if (Buffer.isBuffer(found)) text += found.toString('latin1')
      else marks.push({ ...found, at: text.length })
    }
  }
  return { text: text + scanner.flush().toString('latin1'), marks }
}

test('finds a marker between output that has no newline', () => {
  const bytes = Buffer.concat([Buffer.from('abc'), marker('e', '7', '0', ''), Buffer.from('d')])
  expect(scan([bytes])).toEqual({
    text: 'abcd',
    marks: [{ kind: 'e', fields: ['7', '0', ''], bytes: 44, at: 3 }],
  })
})

test('treats a marker with another nonce as output', () => {
  const other = `\x1eRB:${newNonce()}:e:7:0:\x1e`
  expect(scan([Buffer.from(other)])).toEqual({ text: other, marks: [] })
})

test('passes on output at once that cannot become a marker', () => {
  const scanner = createScanner(nonce)
  expect(scanner.push(Buffer.from('Password: '))).toEqual([Buffer.from('Password: ')])
  expect(scanner.push(Buffer.from('\x1eRC'))).toEqual([Buffer.from('\x1eRC')])
})

test('does not hold text that begins like a marker and never ends', () => {
  const begun = Buffer.concat([marker('e').subarray(0, -1), Buffer.alloc(100_000, 'x')])
  const scanner = createScanner(nonce)
  const given = scanner.push(begun).reduce((sum, found) => {
    return sum + (Buffer.isBuffer(found) ? found.length : 0)
  }, 0)
  expect(given).toBe(begun.length)
})

test('finds the same in any chunking', () => {
  const piece = fc.oneof(
    fc.constant(marker('e', '1', '0', '')),
    fc.constant(marker('x', '2', '137')),
    fc.constant(marker('e').subarray(0, 9)),
    fc.constant(Buffer.from([0x1e])),
    fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
  )
  const cuts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), cuts, (pieces, sizes) => {
      const bytes = Buffer.concat(pieces)
      const chunks: Buffer[] = []
      for (let at = 0, index = 0; at < bytes.length; index++) {
        const size = sizes[index % sizes.length] ?? 1
        chunks.push(bytes.subarray(at, at + size))
        at += size
      }
      expect(scan(chunks)).toEqual(scan([bytes]))
    }),
    { numRuns: 300 },
  )
})
