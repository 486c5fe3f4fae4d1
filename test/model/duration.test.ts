import { expect, test } from 'vitest'
import { renderDuration } from '../../src/model/duration.ts'

test.each([
  [0, '0ms'],
  [999, '999ms'],
  [1234, '1.2s'],
  [59_949, '59.9s'],
  [59_950, '1m 00s'],
  [119_600, '2m 00s'],
  [184_000, '3m 04s'],
  [3_599_600, '1h 00m'],
])('%i ms is shown as %s', (ms, wanted) => {
  expect(renderDuration(ms)).toBe(wanted)
})
