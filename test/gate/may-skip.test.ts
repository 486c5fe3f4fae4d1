import { expect, test } from 'vitest'
import { maySkip } from '../support/may-skip.ts'

test('the name of a skipped test says what the machine lacks', () => {
  expect(maySkip('hosts', 'no nspawn', {})).toBe('no nspawn')
})

test('in CI a test that cannot run is a failure', () => {
  expect(() => maySkip('hosts', 'no nspawn', { CI: 'true' })).toThrow(
    'in CI a skipped test is a failure: no nspawn; RUNBOOK_MAY_SKIP=hosts allows it',
  )
})

test('unless the run allows it, for each need', () => {
  const env = { CI: 'true', RUNBOOK_MAY_SKIP: 'hosts,root' }
  expect(maySkip('hosts', 'no nspawn', env)).toBe('no nspawn')
  const other = { CI: 'true', RUNBOOK_MAY_SKIP: 'root' }
  expect(() => maySkip('hosts', 'no nspawn', other)).toThrow('no nspawn')
})

test('a machine that lacks nothing skips nothing', () => {
  expect(maySkip('root', undefined, { CI: 'true' })).toBeUndefined()
})
