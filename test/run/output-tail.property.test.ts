import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LastLine } from '../../src/run/last-line.ts'
import { OutputTail } from '../../src/run/output-tail.ts'

describe('the tail of an output', () => {
  test('has its last characters, in any chunking', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.integer({ min: 1, max: 20 }), (pieces, limit) => {
        const tail = new OutputTail(limit)
        for (const piece of pieces) tail.push(piece)
        const whole = pieces.join('')
        expect(tail.text()).toBe(whole.slice(-limit))
        expect(tail.dropped).toBe(Math.max(0, whole.length - limit))
      }),
    )
  })
})

describe('the last line of an output', () => {
  test.each([
    ['', ''],
    ['one\ntwo', 'two'],
    ['10%\r50%\r100%', '100%'],
    ['\u001b[1mbold\u001b[0m', 'bold'],
  ])('of %j is %j', (output, line) => {
    const last = new LastLine()
    last.push(output)
    expect(last.text()).toBe(line)
  })

  test('is hidden if it is too long to be masked as a whole', () => {
    const last = new LastLine()
    last.push('x'.repeat(40_000))
    expect(last.text()).toBeUndefined()
    last.push('\nshort')
    expect(last.text()).toBe('short')
  })
})
