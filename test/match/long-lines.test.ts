import { expect, test } from 'vitest'
import { matchOutput } from '../../src/match/match-output.ts'
import { maxLineLength, renderScreen } from '../../src/match/render-screen.ts'
import { expectation, noNames } from './expectation.ts'

const long = 'x'.repeat(1_000_000)

test.each([
  ['a line of a million characters', `${long}a`, `${long}a\n`, `${long}b\n`],
  ['one with a hole', `${long}<...>end`, `${long} the end\n`, `${long} the en\n`],
  ['one that ends in CRLF', `${long}a`, `${long}a\r\n`, `${long}b\r\n`],
])('%s is compared whole', (_, wanted, printed, other) => {
  expect(matchOutput(expectation(wanted), printed, noNames).matched).toBe(true)
  expect(matchOutput(expectation(wanted), other, noNames).matched).toBe(false)
})

test('JSON on one long line is compared whole', () => {
  const items = Array.from({ length: 20_000 }, (_, index) => ({ id: index, name: `item ${index}` }))
  const printed = JSON.stringify({ items, last: true })
  const wanted = expectation(JSON.stringify({ last: true, items }, undefined, 1), 'json')
  expect(printed.length).toBeGreaterThan(500_000)
  expect(matchOutput(wanted, `${printed}\n`, noNames).matched).toBe(true)
  expect(matchOutput(wanted, `${printed.replace('true', 'false')}\n`, noNames).matched).toBe(false)
})

test('a line that is too long says that it is cut, in any chunking', () => {
  const shown = renderScreen('x'.repeat(maxLineLength + 10))
  expect(shown.slice(maxLineLength)).toBe(' … (a longer line: the rest is cut)')
  expect(renderScreen('y\n' + '\r'.repeat(3) + 'z'.repeat(2_000_000)).slice(-20)).toContain('cut)')
})
