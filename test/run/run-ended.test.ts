import { expect, test } from 'vitest'
import type { Reason } from '../../src/model/run-event.ts'
import type { StepStatus } from '../../src/model/step-status.ts'
import { runEnded } from '../../src/run/run-ended.ts'
import type { StepEnd } from '../../src/run/step-end.ts'

const end = (status: StepStatus, reason: Reason | null = null): StepEnd => ({
  status,
  reason,
  message: '',
  exit: null,
})

test.each([
  ['all passed', 2, [end('passed'), end('changed')], 'passed', 0],
  ['a person confirmed all', 1, [end('confirmed')], 'passed', 0],
  ['all was done already', 1, [end('skipped', 'already-done')], 'passed', 0],
  ['nothing was run or checked', 1, [end('skipped', 'not-for-this-host')], 'passed', 1],
  ['there was no step', 0, [], 'passed', 1],
  ['one failed', 2, [end('passed'), end('failed', 'output')], 'failed', 1],
  ['a command was lost', 1, [end('lost', 'command-lost')], 'lost', 1],
  ['a host was lost', 2, [end('failed'), end('lost', 'host-lost')], 'lost', 3],
  ['it was interrupted', 3, [end('failed'), end('cancelled', 'interrupted')], 'cancelled', 130],
  ['a person stopped between two steps', 2, [end('passed')], 'cancelled', 130],
] as const)('a run in which %s', (_, planned, ends, status, exit) => {
  const event = runEnded(planned, ends, undefined)
  expect(event).toMatchObject({ kind: 'run-ended', status, exit })
  expect(event.kind === 'run-ended' && event.counts.notRun).toBe(planned - ends.length)
})

test('a run that ended before its first step has the given status', () => {
  expect(runEnded(2, [], 'failed')).toMatchObject({ status: 'failed', exit: 1 })
})
