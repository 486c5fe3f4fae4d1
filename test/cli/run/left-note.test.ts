import { expect, test } from 'vitest'
import { leftNote, SentCommands } from '../../../src/cli/run/left-note.ts'

const stamp = { v: 1, seq: 0, at: '2026-01-02T03:04:05.000Z' } as const

function sentBy(step: string, user: string | null, number: number): SentCommands {
  const sent = new SentCommands()
  const frame = { user, number, out: 0, err: 0 }
  sent.add({ ...stamp, kind: 'command-started', step, host: 'web', index: 0, text: 'x', frame })
  return sent
}

test('a process that outlives the run is named with its step and where its output goes', () => {
  const sent = sentBy('shop#serve', 'app', 3)
  const left = [
    { user: 'app', number: 3, pid: 42, command: 'serve', output: '/tmp/out' },
    { user: null, number: 3, pid: 43, command: 'other\u001b[2J', output: '' },
  ]
  const startedBy = (user: string | null, number: number) => sent.stepOf('web', user, number)
  expect(leftNote('web', left, startedBy, 'en').split('\n')).toEqual([
    expect.stringMatching(/web.*serve.*pid 42.*shop#serve.*\/tmp\/out/),
    expect.stringMatching(/web.*other\\x1b\[2J.*pid 43/),
    '',
  ])
})

test('another host or user may have a command with the same number', () => {
  const sent = sentBy('shop#serve', 'app', 3)
  expect(sent.stepOf('db', 'app', 3)).toBeUndefined()
  expect(sent.stepOf('web', null, 3)).toBeUndefined()
})
