import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Utf8Buffers } from '../../src/journal/utf8-buffers.ts'

const text = fc.string({ unit: 'binary', maxLength: 40 })

test('a text is encoded as UTF-8, in any free buffer', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(text, fc.boolean())), (texts) => {
      const buffers = new Utf8Buffers()
      const held: { readonly bytes: Buffer; readonly of: string }[] = []
      for (const [each, isReleased] of texts) {
        const { bytes, release } = buffers.encode(each)
        expect(bytes.equals(Buffer.from(each))).toBe(true)
        if (isReleased) release()
        else held.push({ bytes, of: each })
      }
      for (const { bytes, of } of held) expect(bytes.toString()).toBe(Buffer.from(of).toString())
    }),
  )
})
