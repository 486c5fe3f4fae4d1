import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { FullLog } from '../../src/journal/full-log.ts'
import { Journal } from '../../src/journal/journal.ts'
import { keptRuns, pruneRuns } from '../../src/journal/prune-runs.ts'
import { findRun, listRuns, readJournal } from '../../src/journal/read-journal.ts'
import type { RunEvent, StampedEvent } from '../../src/model/run-event.ts'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'runbook-journal-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

const at = { step: 'p#a', host: 'vm' }
const events: readonly RunEvent[] = [
  { kind: 'run-started', run: 'r', tool: 't', runbooks: ['p.md'], hosts: [], steps: [] },
  { kind: 'step-started', ...at, user: 'root', variant: null },
  { kind: 'command-started', ...at, index: 0, text: 'x', frame: null },
  { kind: 'output', ...at, index: 0, stream: 'merged', text: 'hello\n' },
  { kind: 'command-ended', ...at, index: 0, exit: 0, durationMs: 1, next: null },
  {
    kind: 'step-ended',
    ...at,
    status: 'passed',
    reason: null,
    message: '',
    exit: 0,
    durationMs: 1,
  },
]
const stamp = (all: readonly RunEvent[]): readonly StampedEvent[] =>
  all.map((event, seq) => ({ v: 1, seq, at: '2026-11-23T10:00:00.000Z', ...event }))

const noCounts = {
  passed: 0,
  changed: 0,
  skipped: 0,
  failed: 0,
  confirmed: 0,
  cancelled: 0,
  lost: 0,
  notRun: 0,
}

async function write(runs: string, all: readonly StampedEvent[], run = 'r'): Promise<string> {
  const journal = await Journal.open(runs, run, 'new')
  for (const event of all) await journal.append(event)
  await journal.close()
  return journal.file
}

describe('a journal', () => {
  test('returns the events that it received', async () => {
    const runs = folder()
    await write(runs, stamp(events))
    expect(readJournal(runs, 'r')).toEqual(stamp(events))
  })

  test('is read up to its last complete line, wherever it was cut off', async () => {
    const runs = folder()
    const file = await write(runs, stamp(events))
    const whole = readFileSync(file, 'utf8')
    for (let length = 1; length < whole.length; length += 7) {
      writeFileSync(file, whole.slice(0, length))
      const lines = whole.slice(0, length).split('\n')
      const isWhole =
        events.length === lines.length && whole.split('\n')[lines.length - 1] === lines.at(-1)
      expect(readJournal(runs, 'r')).toHaveLength(isWhole ? lines.length : lines.length - 1)
    }
  })

  test('continues after an incomplete line on a new line', async () => {
    const runs = folder()
    const file = await write(runs, stamp(events))
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -20))
    const journal = await Journal.open(runs, 'r', 'resumed')
    for (const event of stamp(events).slice(-1)) await journal.append(event)
    await journal.close()
    expect(readJournal(runs, 'r')).toEqual(stamp(events))
  })

  test('is written by one program at a time', async () => {
    const runs = folder()
    const journal = await Journal.open(runs, 'r', 'new')
    await expect(Journal.open(runs, 'r', 'resumed')).rejects.toThrow(`process ${process.pid}`)
    await journal.close()
    await (await Journal.open(runs, 'r', 'resumed')).close()
  })

  test('reports a line that is not an event', async () => {
    const runs = folder()
    const file = await write(runs, stamp(events))
    writeFileSync(file, readFileSync(file, 'utf8').replace('"step-started"', '"step-begun"'))
    expect(() => readJournal(runs, 'r')).toThrow('events.jsonl:2 is not an event of a run')
  })

  test('keeps head and tail of a long output, and all of it in a compressed log', async () => {
    const runs = folder()
    const line = `${'x'.repeat(99)}\n`
    const long = stamp([
      ...events.slice(0, 3),
      ...Array.from({ length: 300 }, (): RunEvent => ({
        kind: 'output',
        ...at,
        index: 0,
        stream: 'merged',
        text: line.repeat(100),
      })),
      { kind: 'output', ...at, index: 0, stream: 'merged', text: 'the end\n' },
      ...events.slice(4),
    ])
    await write(runs, long)
    const kept = readJournal(runs, 'r').filter((event) => event.kind === 'output')
    const text = kept.map((event) => (event.kind === 'output' ? event.text : '')).join('')
    expect(text.length).toBe(2 * 524_288)
    expect(text.endsWith('the end\n')).toBe(true)
    expect(kept.at(-1)).toMatchObject({ truncated: true })
    const [log = ''] = readdirSync(join(runs, 'r')).filter((name) => name.endsWith('.log.gz'))
    expect(gunzipSync(readFileSync(join(runs, 'r', log))).toString()).toBe(
      `${line.repeat(30_000)}the end\n`,
    )
  })
})

describe('a run', () => {
  test('is found by an unambiguous prefix of its id', async () => {
    const runs = folder()
    await write(runs, stamp(events), '20261123-1000-abc')
    await write(runs, stamp(events), '20261123-1000-abd')
    expect(findRun(runs, '20261123-1000-abd')).toBe('20261123-1000-abd')
    expect(() => findRun(runs, '2026')).toThrow('ambiguous run `2026`')
    expect(() => findRun(runs, 'nope')).toThrow('no such run: `nope`')
    expect(listRuns(runs)).toHaveLength(2)
    expect(() => findRun(folder(), undefined)).toThrow('no runs in this project')
  })

  test('comes before older ones, even of the same minute', async () => {
    const runs = folder()
    for (const [run, time] of [
      ['20261123-1000-aaa', '10:00:20'],
      ['20261123-1000-bbb', '10:00:10'],
      ['20261123-1001-aaa', '10:01:00'],
    ] as const) {
      const when = `2026-11-23T${time}.000Z`
      await write(
        runs,
        stamp(events).map((event) => ({ ...event, at: when })),
        run,
      )
    }
    expect(listRuns(runs)).toEqual(['20261123-1001-aaa', '20261123-1000-aaa', '20261123-1000-bbb'])
    expect(findRun(runs, undefined)).toBe('20261123-1001-aaa')
  })

  test('is kept while there are few, and until it has passed', async () => {
    const runs = folder()
    const ids = Array.from({ length: keptRuns + 3 }, (_, index) => `20261123-${1000 + index}-aaa`)
    for (const [index, id] of ids.entries()) {
      const status = index === 1 ? 'failed' : 'passed'
      await write(
        runs,
        stamp([...events, { kind: 'run-ended', status, exit: 0, counts: noCounts }]),
        id,
      )
    }
    pruneRuns(runs)
    expect(readdirSync(runs).toSorted()).toEqual(
      ids.filter((_, index) => index === 1 || index >= 3),
    )
  })

  test('ends with an error, and does not hang, if the disk is full during a long output', async () => {
    const log = new FullLog('/dev/full')
    const flood = async () => {
      for (let count = 0; count < 64; count++)
        await log.write(randomBytes(1024 * 1024).toString('base64'))
      await log.end()
    }
    await expect(flood()).rejects.toThrow('ENOSPC')
  })
})
