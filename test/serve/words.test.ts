import { expect, test } from 'vitest'
import { shownDuration } from '../../site/serve/words.ts'

test.each([
  [0, '0.0 s'],
  [1234, '1.2 s'],
  [9949, '9.9 s'],
  [9950, '10 s'],
  [59_499, '59 s'],
  [59_600, '1 min 0 s'],
  [119_600, '2 min 0 s'],
  [184_000, '3 min 4 s'],
])('%i ms is shown as %s', (ms, wanted) => {
  expect(shownDuration(ms)).toBe(wanted)
})
