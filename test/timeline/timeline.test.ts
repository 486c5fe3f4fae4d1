import { describe, expect, test } from 'vitest'
import type { RunbookRecord } from '../../src/model/record.ts'
import type { RunEvent, StampedEvent } from '../../src/model/run-event.ts'
import type { StepStatus } from '../../src/model/step-status.ts'
import { markupOf } from '../../src/text/markup.ts'
import { drawDurations } from '../../src/timeline/duration-plot.ts'
import { drawTimeline } from '../../src/timeline/draw-timeline.ts'
import { recordTimeline } from '../../src/timeline/record-timeline.ts'
import { tickLabel, ticksOf } from '../../src/timeline/time-axis.ts'
import { TimelineNotes, timelineOf } from '../../src/timeline/timeline.ts'

const zero = Date.parse('2026-11-30T10:00:00.000Z')

/** Events, each with its second. */
function run(...events: readonly (readonly [second: number, event: RunEvent])[]): StampedEvent[] {
  return events.map(([second, event], seq) => ({
    v: 1,
    seq,
    at: new Date(zero + second * 1000).toISOString(),
    ...event,
  }))
}

const hostOf = (name: string) => ({ name, role: null, address: name, platform: 'debian-12' })
const started = (plan: Readonly<Record<string, readonly string[]>>): RunEvent => ({
  kind: 'run-started',
  run: 'r',
  tool: 't',
  runbooks: ['p.md'],
  hosts: Object.keys(plan).map(hostOf),
  steps: Object.entries(plan).flatMap(([host, ids]) =>
    ids.map((id) => ({ step: `p#${id}`, host, title: id, file: 'p.md', line: 1, hash: 'h' })),
  ),
})
const begins = (id: string, host: string): RunEvent => ({
  kind: 'step-started',
  step: `p#${id}`,
  host,
  user: 'root',
  variant: null,
})
const ends = (id: string, host: string, status: StepStatus = 'passed'): RunEvent => ({
  kind: 'step-ended',
  step: `p#${id}`,
  host,
  status,
  reason: null,
  message: '',
  exit: 0,
  durationMs: 0,
})
const over: RunEvent = {
  kind: 'run-ended',
  status: 'passed',
  exit: 0,
  counts: {
    passed: 0,
    changed: 0,
    skipped: 0,
    failed: 0,
    confirmed: 0,
    cancelled: 0,
    lost: 0,
    notRun: 0,
  },
}

const recorded = (at: number, durationMs: number, status: 'passed' | 'skipped' = 'passed') => ({
  hash: 'h',
  at: new Date(zero + at * 1000).toISOString(),
  status,
  durationMs,
  commands: [],
})

describe('a timeline', () => {
  test('has a bar for each step on each host, in the order of the plan', () => {
    const { spanMs, hosts, bars } = timelineOf(
      run(
        [0, started({ web: ['one', 'two'] })],
        [1, begins('one', 'web')],
        [3, ends('one', 'web', 'changed')],
        [3, begins('two', 'web')],
        [7, ends('two', 'web', 'failed')],
        [8, over],
      ),
    )
    expect({ spanMs, hosts }).toEqual({ spanMs: 8000, hosts: ['web'] })
    expect(bars).toEqual([
      { step: 'p#one', host: 'web', status: 'changed', fromMs: 1000, toMs: 3000 },
      { step: 'p#two', host: 'web', status: 'failed', fromMs: 3000, toMs: 7000 },
    ])
  })

  test('says which step elsewhere a host waited for', () => {
    const { waits } = timelineOf(
      run(
        [0, started({ db: ['init'], web: ['setup', 'connect'] })],
        [0, begins('init', 'db')],
        [0, begins('setup', 'web')],
        [2, ends('setup', 'web')],
        [9, ends('init', 'db')],
        [9, begins('connect', 'web')],
        [10, ends('connect', 'web')],
      ),
    )
    expect(waits).toMatchObject([
      {
        step: 'p#connect',
        host: 'web',
        fromMs: 2000,
        toMs: 9000,
        for: { step: 'p#init', host: 'db' },
      },
    ])
  })

  test('names no step where a person was waited for', () => {
    const events = run(
      [0, started({ web: ['one', 'two'] })],
      [0, begins('one', 'web')],
      [1, ends('one', 'web')],
      [31, begins('two', 'web')],
    )
    expect(timelineOf(events).waits).toMatchObject([{ step: 'p#two', toMs: 31_000 }])
    expect(timelineOf(events).waits[0]?.for).toBeUndefined()
  })

  test('leaves out the time between the lives of a resumed run, and is no wait', () => {
    const { spanMs, bars, breaks, waits } = timelineOf(
      run(
        [0, started({ web: ['one', 'two'] })],
        [0, begins('one', 'web')],
        [5, ends('one', 'web')],
        [5, begins('two', 'web')],
        [6, { kind: 'output', step: 'p#two', host: 'web', index: 0, stream: 'merged', text: 'x' }],
        [86_406, started({ web: ['one', 'two'] })],
        [86_406, begins('two', 'web')],
        [86_410, ends('two', 'web')],
      ),
    )
    expect(spanMs).toBe(10_000)
    expect(breaks).toEqual([{ atMs: 6000, pausedMs: 86_400_000 }])
    expect(bars.at(-1)).toMatchObject({ step: 'p#two', fromMs: 6000, toMs: 10_000 })
    expect(waits).toEqual([])
  })

  test('of a live run reaches up to now; its running bar grows', () => {
    const notes = new TimelineNotes()
    for (const event of run([0, started({ web: ['one'] })], [1, begins('one', 'web')]))
      notes.take(event)
    const { spanMs, bars } = notes.timeline(zero + 11_000)
    expect(spanMs).toBe(11_000)
    expect(bars).toMatchObject([{ status: 'running', fromMs: 1000, toMs: 11_000 }])
  })

  test('of a record has the steps of its runs, and leaves out the days between', () => {
    const steps = {
      b: recorded(90_010, 5000),
      a: recorded(4, 4000),
      c: recorded(90_011, 1000),
      d: recorded(1, 0, 'skipped'),
    }
    const record = { host: { name: 'lab' }, steps } as unknown as RunbookRecord
    const { bars, breaks, spanMs } = recordTimeline(record, (id) => `p#${id}`)
    expect(bars.map(({ step: address, fromMs, toMs }) => [address, fromMs, toMs])).toEqual([
      ['p#a', 0, 4000],
      ['p#b', 4000, 9000],
      ['p#c', 9000, 10_000],
    ])
    expect(breaks).toEqual([{ atMs: 4000, pausedMs: 90_001_000 }])
    expect(spanMs).toBe(10_000)
  })
})

describe('a time axis', () => {
  test.each([
    [0, '0'],
    [730, '0 200ms 400ms 600ms'],
    [8000, '0 2s 4s 6s'],
    [65_000, '0 15s 30s 45s 1m'],
    [3_600_000, '0 15m 30m 45m'],
    [400_000_000, '0 24h 48h 72h 96h'],
    [40_000_000_000, '0 2232h 4464h 6696h 8928h'],
  ])('of %i ms has the ticks %s', (spanMs, ticks) => {
    expect(ticksOf(spanMs).map(tickLabel).join(' ')).toBe(ticks)
  })
})

const options = {
  lang: 'en',
  name: 't',
  hrefOf: ({ step }: { readonly step: string }) => `#${step}`,
} as const

describe('a drawn timeline', () => {
  const fleet = run(
    [0, started({ db: ['init'], web: ['connect'] })],
    [0, begins('init', 'db')],
    [8, ends('init', 'db')],
    [8, begins('connect', 'web')],
    [10, ends('connect', 'web')],
  )

  test('says each bar and each wait in words', () => {
    const text = markupOf(drawTimeline(timelineOf(fleet), options))
    expect(text).toContain('aria-label="p#init on db: passed, took 8.0s, began at 0ms"')
    expect(text).toContain('<li>web waited 8.0s for p#init on db</li>')
    expect(text).toContain('x="80%"')
  })

  test('has a row a host for a fleet, and a row a step for one host or on request', () => {
    const heights = [undefined, 'steps', 'hosts'].map((rows) => {
      const given = rows === undefined ? {} : { rows: rows as 'steps' | 'hosts' }
      const one = run(
        [0, started({ web: ['a', 'b', 'c'] })],
        ...['a', 'b', 'c'].flatMap(
          (id, at) =>
            [
              [at, begins(id, 'web')],
              [at + 1, ends(id, 'web')],
            ] as const,
        ),
      )
      const text = markupOf(drawTimeline(timelineOf(one), { ...options, ...given }))
      return Number(/height="(\d+)" aria-label/.exec(text)?.[1])
    })
    expect(heights).toEqual([130, 130, 58])
  })

  test('is text where names are hostile', () => {
    const hostile = '<img src=x onerror=alert(1)>\u001b]0;x\u0007\u202e"'
    const events = run(
      [0, started({ [hostile]: [hostile] })],
      [0, begins(hostile, hostile)],
      [1, ends(hostile, hostile)],
    )
    const text = markupOf(drawTimeline(timelineOf(events), options))
    // oxlint-disable-next-line no-control-regex -- none of them may be left
    expect(text).not.toMatch(/<img|[\u0000-\u0009\u000b-\u001f\u202e]/)
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;')
  })

  test('of a run without steps, and of one that took no time, is drawn', () => {
    expect(markupOf(drawTimeline(timelineOf([]), options))).toContain('<svg')
    const none = run([0, started({ web: ['a'] })], [0, begins('a', 'web')], [0, ends('a', 'web')])
    expect(markupOf(drawTimeline(timelineOf(none), options))).not.toContain('NaN')
  })
})

test('durations are drawn with the own run marked', () => {
  const durations = [
    { run: 'a', status: 'passed', ms: 1000 },
    { run: 'b', status: 'failed', ms: 4000 },
  ] as const
  const plot = { lang: 'en', run: 'b' } as const
  const text = markupOf(drawDurations(durations, plot))
  expect(text).toContain('aria-label="last 2 runs: 1.0s to 4.0s"')
  expect(text.match(/class="rb-own"/g)).toHaveLength(1)
  expect(text).toContain('<title>b: failed, 4.0s</title>')
})
