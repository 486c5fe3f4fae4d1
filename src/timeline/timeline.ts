/**
 * When each step of a run ran on each host, and what waited for whom. Built event by event, so that
 * a live run is drawn as an ended one.
 */

import type { StampedEvent, StepOutline } from '../model/run-event.ts'
import type { StepStatus } from '../model/step-status.ts'

/** One step on one host. Times are milliseconds from the start of the axis. */
export interface TimelineBar {
  readonly step: string
  readonly host: string
  readonly status: StepStatus | 'running'
  readonly fromMs: number
  readonly toMs: number
}

/** A host that ran nothing before one of its steps. */
export interface TimelineWait {
  readonly step: string
  readonly host: string
  readonly fromMs: number
  readonly toMs: number
  /** The step elsewhere whose end ended the wait; `undefined`: a person's answer, or a connection. */
  readonly for: Pick<TimelineBar, 'step' | 'host' | 'toMs'> | undefined
}

/** A pause that the axis leaves out. */
export interface TimelineBreak {
  readonly atMs: number
  readonly pausedMs: number
}

export interface Timeline {
  readonly spanMs: number
  /** In the order of the run. */
  readonly hosts: readonly string[]
  /** In the order of the plan, then of their start. */
  readonly bars: readonly TimelineBar[]
  readonly waits: readonly TimelineWait[]
  readonly breaks: readonly TimelineBreak[]
}

/** Shorter gaps between two steps of a host are the program's own time. */
const leastWaitMs = 250

interface OpenBar {
  readonly step: string
  readonly host: string
  readonly fromMs: number
  readonly toMs: number | undefined
  readonly status: StepStatus | 'running'
}

export class TimelineNotes {
  readonly #bars = new Map<string, OpenBar>()
  readonly #breaks: TimelineBreak[] = []
  #outline: readonly Pick<StepOutline, 'step' | 'host'>[] = []
  #hosts: readonly string[] = []
  /** Start of the axis plus all pauses left out, as epoch milliseconds. */
  #zeroMs: number | undefined
  #lastMs = 0
  #isOver = false

  take(event: StampedEvent): void {
    const now = Date.parse(event.at)
    if (event.kind === 'run-started') this.#begin(event, now)
    this.#lastMs = Math.max(this.#lastMs, now - (this.#zeroMs ?? now))
    if (event.kind === 'run-ended') this.#isOver = true
    if (event.kind === 'step-started') this.#set(event, { fromMs: this.#lastMs, status: 'running' })
    if (event.kind === 'step-ended') {
      const fromMs = this.#bars.get(keyOf(event))?.fromMs ?? this.#lastMs
      this.#set(event, { fromMs, toMs: this.#lastMs, status: event.status })
    }
  }

  /** @param now - For a run that goes on, the time up to which its open bars reach. */
  timeline(now?: number): Timeline {
    const reached = now === undefined ? 0 : now - (this.#zeroMs ?? now)
    const spanMs = this.#isOver ? this.#lastMs : Math.max(this.#lastMs, reached)
    const order = new Map(this.#outline.map((each, index) => [keyOf(each), index]))
    const place = (bar: OpenBar) => order.get(keyOf(bar)) ?? order.size
    const bars = [...this.#bars.values()]
      .toSorted((a, b) => place(a) - place(b) || a.fromMs - b.fromMs)
      .map((bar) => ({ ...bar, toMs: bar.toMs ?? spanMs }))
    const hosts = [...new Set([...this.#hosts, ...bars.map(({ host }) => host)])]
    return { spanMs, hosts, bars, waits: waitsOf(bars, this.#breaks), breaks: this.#breaks }
  }

  #begin({ steps, hosts }: StampedEvent & { readonly kind: 'run-started' }, now: number): void {
    this.#outline = steps
    this.#hosts = [...new Set(hosts.map(({ name }) => name))]
    this.#isOver = false
    if (this.#zeroMs === undefined) {
      this.#zeroMs = now
      return
    }
    const pausedMs = now - this.#zeroMs - this.#lastMs
    if (pausedMs < leastWaitMs) return
    this.#breaks.push({ atMs: this.#lastMs, pausedMs })
    this.#zeroMs += pausedMs
    // What was interrupted did not run during the pause.
    for (const [key, bar] of this.#bars)
      if (bar.status === 'running')
        this.#bars.set(key, { ...bar, toMs: this.#lastMs, status: 'unknown' })
  }

  #set({ step, host }: OfStep, bar: Omit<OpenBar, 'step' | 'host' | 'toMs'> & { toMs?: number }) {
    this.#bars.set(keyOf({ step, host }), { step, host, toMs: undefined, ...bar })
  }
}

interface OfStep {
  readonly step: string
  readonly host: string
}

function keyOf({ step, host }: OfStep): string {
  return `${step}@${host}`
}

/** The timeline of a whole run. */
export function timelineOf(events: Iterable<StampedEvent>): Timeline {
  const notes = new TimelineNotes()
  for (const event of events) notes.take(event)
  return notes.timeline()
}

function waitsOf(
  bars: readonly TimelineBar[],
  breaks: readonly TimelineBreak[],
): readonly TimelineWait[] {
  const ends = bars.filter(({ status }) => status !== 'running').toSorted((a, b) => a.toMs - b.toMs)
  /** By host: the time up to which it was busy. */
  const busy = new Map<string, number>()
  return bars
    .toSorted((a, b) => a.fromMs - b.fromMs)
    .flatMap((bar) => {
      const { step, host, fromMs: toMs } = bar
      const lives = breaks.map(({ atMs }) => atMs).filter((atMs) => atMs <= toMs)
      const fromMs = Math.max(0, ...lives, busy.get(host) ?? 0)
      busy.set(host, Math.max(fromMs, bar.toMs))
      if (toMs - fromMs < leastWaitMs) return []
      const cause = ends.findLast(
        (end) => end.toMs <= toMs && end.toMs > fromMs && end.host !== host,
      )
      return [{ step, host, fromMs, toMs, for: cause }]
    })
}
