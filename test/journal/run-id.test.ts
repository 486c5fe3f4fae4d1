import { expect, test } from 'vitest'
import { newRunId } from '../../src/journal/run-id.ts'

test('runs of one minute have distinct ids, which start with that minute', () => {
  const ids = Array.from({ length: 40 }, () => newRunId(new Date('2026-11-23T22:41:07Z')))
  expect(new Set(ids).size).toBe(40)
  expect(ids.every((id) => /^20261123-2241-[0-9a-f]{6}$/.test(id))).toBe(true)
})
