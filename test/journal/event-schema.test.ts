import { expect, test } from 'vitest'
import { asEvent } from '../../src/model/event-schema.ts'

const stamp = { v: 1, seq: 0, at: '2026-01-01T00:00:00.000Z' }
const ended = {
  ...stamp,
  kind: 'step-ended',
  step: 'page#a',
  host: 'local',
  status: 'passed',
  reason: null,
  message: 'exit 0',
  exit: 0,
  durationMs: 1,
}

test('an event survives writing and reading', () => {
  expect(asEvent(ended)).toEqual(ended)
})

test('fields and reasons of a later version are kept, even in nested objects', () => {
  const backup = { file: '/a', kept: null, sha256: '0', owner: 'root' }
  const later = { ...ended, reason: 'eclipse', weather: 'fine', backup }
  expect(asEvent(later)).toEqual(later)
})

test('a field that the first versions did not write is filled in', () => {
  const { exit: _, ...first } = ended
  expect(asEvent(first)).toEqual({ ...ended, exit: null })
})

test.each([
  ['no object', 'text'],
  ['a kind of its own', { ...ended, kind: 'step-imagined' }],
  ['another version', { ...ended, v: 2 }],
  ['a status that is none', { ...ended, status: 'perfect' }],
  ['a field of another type', { ...ended, message: 1 }],
  ['a field missing that always was there', { ...stamp, kind: 'output', step: 'a', host: 'b' }],
])('%s is not an event', (_, value) => {
  expect(asEvent(value)).toBeUndefined()
})
