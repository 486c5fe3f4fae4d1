import { expect, test } from 'vitest'
import { KeptOutput } from '../../src/run/kept-output.ts'

const half = 524_288

test('an output up to the limit is kept completely', () => {
  const kept = new KeptOutput()
  expect(kept.push('a'.repeat(half - 1))).toEqual({ head: 'a'.repeat(half - 1), rest: '' })
  expect(kept.push('bcd')).toEqual({ head: 'b', rest: 'cd' })
  expect(kept.push('e')).toEqual({ head: '', rest: 'e' })
  expect(kept.truncated).toBe(false)
  expect(kept.text()).toBe(`${'a'.repeat(half - 1)}bcde`)
})

test('the middle of a longer one is omitted, and its length is stated', () => {
  const kept = new KeptOutput()
  for (const piece of ['a'.repeat(half), 'b'.repeat(7), 'c'.repeat(half)]) kept.push(piece)
  expect(kept.truncated).toBe(true)
  expect(kept.text()).toBe(`${'a'.repeat(half)}\n… 7 characters left out …\n${'c'.repeat(half)}`)
})
