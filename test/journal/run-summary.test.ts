import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { RunSummaries } from '../../src/journal/run-summary.ts'
import type { RunEvent } from '../../src/model/run-event.ts'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'runbook-summary-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

const steps = ['one', 'two', 'three'].map((id) => ({
  step: `p#${id}`,
  host: 'vm',
  title: id,
  file: 'pages/p.md',
  line: 1,
  hash: 'h',
}))
const hosts = [{ name: 'vm', role: null, address: '10.0.0.1', platform: 'debian-12' }]
const started: RunEvent = {
  kind: 'run-started',
  run: 'r',
  tool: 't',
  by: 'anna',
  runbooks: ['pages/p.md'],
  hosts,
  steps,
}
const begins = (id: string): RunEvent => ({
  kind: 'step-started',
  step: `p#${id}`,
  host: 'vm',
  user: 'root',
  variant: null,
})
const ends = (id: string): RunEvent => ({
  kind: 'step-ended',
  step: `p#${id}`,
  host: 'vm',
  status: 'passed',
  reason: null,
  message: '"kind":"step-ended"',
  exit: 0,
  durationMs: 5,
})
const prints = (text: string): RunEvent => ({
  kind: 'output',
  step: 'p#one',
  host: 'vm',
  index: 0,
  stream: 'merged',
  text,
})
const counts = {
  passed: 1,
  changed: 0,
  skipped: 1,
  failed: 0,
  confirmed: 0,
  cancelled: 0,
  lost: 0,
  notRun: 1,
}
const ended: RunEvent = { kind: 'run-ended', status: 'cancelled', counts, exit: 130 }

let seq = 0
const line = (event: RunEvent) => {
  const at = new Date(1e12 + seq * 1000).toISOString()
  return `${JSON.stringify({ v: 1, seq: seq++, at, ...event })}\n`
}

function journal(runs: string, run: string, events: readonly RunEvent[]): string {
  seq = 0
  mkdirSync(join(runs, run), { recursive: true })
  const file = join(runs, run, 'events.jsonl')
  writeFileSync(file, events.map(line).join(''))
  return file
}

/** Bytes that this process has read from files, by the kernel's count. */
function bytesRead(work: () => void): number {
  const before = readSoFar()
  work()
  return readSoFar() - before
}

function readSoFar(): number {
  return Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1])
}

describe('the summary of a run', () => {
  test('says who, what, where, when and how it ended', () => {
    const runs = folder()
    journal(runs, 'a', [started, begins('one'), ends('one'), ended])
    expect(new RunSummaries(runs).of('a')).toEqual({
      run: 'a',
      at: '2001-09-09T01:46:40.000Z',
      by: 'anna',
      status: 'cancelled',
      runbooks: ['pages/p.md'],
      hosts: ['vm'],
      steps: { total: 3, ended: 2 },
      durationMs: 3000,
    })
  })

  test('of an unfinished run counts what has ended, and follows it', () => {
    const runs = folder()
    const file = journal(runs, 'a', [started, begins('one'), prints('"kind":"step-ended"\n')])
    const summaries = new RunSummaries(runs)
    const look = () => summaries.of('a')
    expect(look()).toMatchObject({ status: 'unfinished', steps: { total: 3, ended: 0 } })
    appendFileSync(file, line(ends('one')) + line(begins('two')) + line(ends('two')))
    expect(look()).toMatchObject({ status: 'unfinished', steps: { total: 3, ended: 2 } })
    // A step that runs again after a resume has not ended.
    appendFileSync(file, line(begins('two')) + '{"v":1,"seq":')
    expect(look()).toMatchObject({ status: 'unfinished', steps: { total: 3, ended: 1 } })
  })

  test('of an unreadable journal says why, and where', () => {
    const runs = folder()
    const file = journal(runs, 'a', [started])
    appendFileSync(file, '{}\n')
    const { status, why } = new RunSummaries(runs).of('a')
    expect({ status, why: why?.en }).toEqual({
      status: 'unreadable',
      why: expect.stringContaining('events.jsonl:2 is not an event'),
    })
    expect(new RunSummaries(runs).of('none').status).toBe('unreadable')
    journal(runs, 'empty', [])
    expect(new RunSummaries(runs).of('empty')).toMatchObject({ status: 'unfinished', at: '' })
  })

  test('reads a fixed part of a journal, and nothing of one that it knows', () => {
    const runs = folder()
    const much = Array.from({ length: 200 }, () => prints('x'.repeat(100_000)))
    journal(runs, 'a', [started, begins('one'), ...much, ends('one'), ended])
    const summaries = new RunSummaries(runs)
    summaries.of('none')
    expect(bytesRead(() => summaries.of('a'))).toBeLessThan(300_000)
    expect(bytesRead(() => summaries.of('a'))).toBeLessThan(1000)
  })

  test('reads of a growing journal only what was added', () => {
    const runs = folder()
    const much = Array.from({ length: 50 }, () => prints('x'.repeat(100_000)))
    const file = journal(runs, 'a', [started, begins('one'), ...much])
    const summaries = new RunSummaries(runs)
    summaries.of('a')
    appendFileSync(file, line(ends('one')))
    expect(bytesRead(() => summaries.of('a'))).toBeLessThan(400_000)
    expect(summaries.of('a').steps.ended).toBe(1)
  })
})
