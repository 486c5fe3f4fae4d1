import { describe, expect, test } from 'vitest'
import type { RunEvent } from '../../src/model/run-event.ts'
import { earlierLife } from '../../src/run/earlier-life.ts'
import { StepOutputs } from '../../src/run/step-outputs.ts'
import { withoutCutOff } from '../../src/run/without-cut-off.ts'
import { RecordNotes } from '../../src/record/build-record.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'

const at = { step: 'a#x', host: 'vm' } as const
const started: RunEvent = { kind: 'step-started', ...at, user: 'root', variant: null }
const command = (index: number): RunEvent => ({
  kind: 'command-started',
  ...at,
  index,
  text: `c${index}`,
  frame: null,
})
const printed = (index: number, text: string): RunEvent => ({
  kind: 'output',
  ...at,
  index,
  stream: 'merged',
  text,
})
const over = (index: number): RunEvent => ({
  kind: 'command-ended',
  ...at,
  index,
  exit: 0,
  durationMs: 5,
  next: null,
})
const passed: RunEvent = {
  kind: 'step-ended',
  ...at,
  status: 'passed',
  reason: null,
  message: '',
  exit: 0,
  durationMs: 9,
}

/** Cut off in the second of two commands, and resumed there. */
const cut = [
  started,
  command(0),
  printed(0, 'first\n'),
  over(0),
  command(1),
  printed(1, 'sec'),
  { ...started },
  command(1),
  printed(1, 'second\n'),
  over(1),
  passed,
]

describe('a step that was interrupted in its second command', () => {
  test('is reported once', () => {
    expect(withoutCutOff(cut)).toEqual([...cut.slice(0, 4), ...cut.slice(7)])
  })

  test('has the output of both commands, once', () => {
    const outputs = new StepOutputs()
    for (const event of cut) outputs.handle(event)
    expect(outputs.of('a#x', 'vm')).toBe('first\nsecond\n')
    expect(outputs.lastOf('a#x', 'vm')).toBe('second\n')
  })

  test('is recorded with both', () => {
    const { runbook } = parseRunbook('a.md', '```bash {#x}\nc0\nc1\n```\n')
    const notes = new RecordNotes([runbook])
    cut.forEach((event, seq) => notes.handle({ v: 1, seq, at: '2026-01-01T00:00:00Z', ...event }))
    expect(notes.stepsOf(runbook, 'vm')['x']?.commands).toMatchObject([
      { output: 'first\n', exit: 0 },
      { output: 'second\n', exit: 0 },
    ])
  })

  test('is done', () => {
    expect([...earlierLife(cut).done.keys()]).toEqual(['a#x@vm'])
  })
})
