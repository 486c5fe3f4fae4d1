/**
 * Several hosts at a terminal: one line per host, redrawn in place, the slowest first. Failures
 * stay above; a table ends the run.
 */

import { cutMiddle, displayWidth, padDisplay, widest } from '../text/display-width.ts'
import { visibleText } from '../text/visible-text.ts'
import { renderDuration } from '../model/duration.ts'
import type { StampedEvent } from '../model/run-event.ts'
import type { LiveOptions, LiveReporter } from './live-reporter.ts'
import { Redraw } from './redraw.ts'
import { RunView } from './run-view.ts'

interface HostLine {
  readonly total: number
  readonly done: number
  readonly step: string
  readonly startedMs: number
  readonly isFailed: boolean
}

const barWidth = 12

export function liveFleetReporter(options: LiveOptions): LiveReporter {
  const { write, palette } = options
  const view = new RunView(options)
  const hosts = new Map<string, HostLine>()

  const lines = (now: number) => {
    const columns = options.columns()
    const width = widest([...hosts.keys()].map(visibleText))
    const slowestFirst = [...hosts].toSorted(([, a], [, b]) => a.done / a.total - b.done / b.total)
    return slowestFirst.map(([name, host]) => lineOf(name, host, { now, width, columns }))
  }
  const lineOf = (
    name: string,
    { total, done, step, startedMs, isFailed }: HostLine,
    {
      now,
      width,
      columns,
    }: { readonly now: number; readonly width: number; readonly columns: number },
  ): string => {
    const filled = Math.round((done / total) * barWidth)
    const [full, empty] = palette.unicode ? ['█', '░'] : ['#', '.']
    const bar = full.repeat(filled) + empty.repeat(barWidth - filled)
    const took = step === '' ? '' : renderDuration(now - startedMs)
    const head = ` ${padDisplay(visibleText(name), width)} ${bar} ${String(done).padStart(3)}/${total} `
    const room = columns - displayWidth(head) - displayWidth(took) - 2
    const text = `${head}${padDisplay(cutMiddle(visibleText(step), room), room)} ${took}`
    return isFailed ? palette.bad(text) : text
  }
  const change = (name: string, changes: Partial<HostLine>) => {
    const host = hosts.get(name)
    if (host) hosts.set(name, { ...host, ...changes })
  }

  const redraw = new Redraw({ write, nowMs: options.nowMs, lines })
  const handle = (event: StampedEvent) => {
    view.handle(event)
    if (event.kind === 'run-started') {
      for (const { name } of event.hosts) {
        const total = event.steps.filter(({ host }) => host === name).length
        const done = view.endedOn(name)
        hosts.set(name, { total, done, step: '', startedMs: 0, isFailed: false })
      }
      write(`${view.header().join('\n')}\n\n`)
    } else if (event.kind === 'step-started') {
      change(event.host, { step: view.describe(event).title, startedMs: options.nowMs() })
    } else if (event.kind === 'step-ended') {
      const failure = view.failure(event)
      const done = view.endedOn(event.host)
      change(event.host, { done, step: '', ...(failure === undefined ? {} : { isFailed: true }) })
      if (failure !== undefined) {
        redraw.clear()
        write(`${failure}\n\n`)
      }
    } else if (event.kind === 'run-ended') {
      redraw.clear()
      write(`${view.summary(event).join('\n')}\n`)
      return
    }
    redraw.soon()
  }
  return {
    handle,
    tick: () => redraw.now(),
    pause: () => redraw.pause(),
    resume: () => redraw.resume(),
  }
}
