/**
 * Draws a timeline as a figure: bars of steps on a time axis in SVG, a choice of zoom and the waits as
 * text. Positions are percentages, so it fits any width and needs no script; `timeline.css` of the
 * site's theme has its looks.
 */

import { renderDuration } from '../model/duration.ts'
import type { Lang } from '../model/message.ts'
import { statusWords } from '../model/messages.ts'
import { cutMiddle } from '../text/display-width.ts'
import { type Drawn, drawn } from '../text/markup.ts'
import { messages } from './messages.ts'
import { tickLabel, ticksOf } from './time-axis.ts'
import type { Timeline, TimelineBar, TimelineWait } from './timeline.ts'

export interface TimelineOptions {
  readonly lang: Lang
  /** Unique in the document; names the group of zoom buttons. */
  readonly name: string
  /** Where a bar leads to; `undefined`: nowhere. */
  readonly hrefOf: (bar: Pick<TimelineBar, 'step' | 'host'>) => string | undefined
  /** One row a step, or one a host. Default: by the number of hosts. */
  readonly rows?: 'steps' | 'hosts'
}

const zooms = [1, 2, 4, 8]
const axisPx = 22
const rowPx = 36
const barTopPx = 18
const barPx = 10
/** A bar of a host's row has its name in it. */
const namedBarPx = 16
const longestName = 34

export function drawTimeline(timeline: Timeline, options: TimelineOptions): Drawn {
  const { lang, name } = options
  const label = messages.timeline(renderDuration(timeline.spanMs))[lang]
  return drawn(
    'figure',
    { class: 'rb-timeline', 'aria-label': label },
    ...zoomButtons(name, lang),
    legend(timeline, options),
    drawn('div', { class: 'rb-timeline-scroll', tabindex: '0' }, picture(timeline, options, label)),
    waitList(timeline, lang),
  )
}

/** Radio buttons, which styles alone can read. */
function zoomButtons(name: string, lang: Lang): readonly Drawn[] {
  return zooms.map((factor, index) => {
    const checked: Record<string, string> = index === 0 ? { checked: '' } : {}
    return drawn('input', {
      type: 'radio',
      class: `rb-timeline-zoom rb-zoom-${factor}`,
      name: `${name}-zoom`,
      'aria-label': `${messages.zoom[lang]} ${factor}×`,
      'data-label': `${factor}×`,
      ...checked,
    })
  })
}

function legend({ bars, waits }: Timeline, { lang }: TimelineOptions): Drawn {
  const statuses = [...new Set(bars.map(({ status }) => status))]
  const items = statuses.map((status) =>
    drawn('li', { 'data-status': status }, drawn('i', {}), statusWords[status][lang]),
  )
  const waiting = drawn('li', { 'data-status': 'waiting' }, drawn('i', {}), messages.waiting[lang])
  return drawn(
    'ul',
    { class: 'rb-timeline-legend' },
    ...items,
    waits.length > 0 ? waiting : undefined,
  )
}

/** The rows: of each, its bars. */
function rowsOf({ bars, hosts }: Timeline, rows: TimelineOptions['rows']): TimelineBar[][] {
  if ((rows ?? (hosts.length > 1 ? 'hosts' : 'steps')) === 'steps') return bars.map((bar) => [bar])
  return hosts.map((host) => bars.filter((bar) => bar.host === host))
}

function picture(timeline: Timeline, options: TimelineOptions, label: string): Drawn {
  const { spanMs, breaks, waits, hosts } = timeline
  const { lang } = options
  const isByHost = (options.rows ?? (hosts.length > 1 ? 'hosts' : 'steps')) === 'hosts'
  const rows = rowsOf(timeline, options.rows)
  const height = axisPx + rows.length * rowPx
  const at = (ms: number) => percent(ms, spanMs)
  const topOf = ({ step, host }: Pick<TimelineBar, 'step' | 'host'>) => {
    const index = rows.findIndex((row) => row.some((bar) => bar.step === step && bar.host === host))
    return axisPx + Math.max(0, index) * rowPx
  }
  const ticks = ticksOf(spanMs).flatMap((ms) => [
    drawn('line', { class: 'rb-tick', x1: at(ms), x2: at(ms), y1: '16', y2: String(height) }),
    drawn('text', { class: 'rb-tick-label', x: at(ms), dx: '3', y: '12' }, tickLabel(ms)),
  ])
  const pauses = breaks.map(({ atMs, pausedMs }) =>
    drawn(
      'line',
      { class: 'rb-break', x1: at(atMs), x2: at(atMs), y1: '0', y2: String(height) },
      drawn('title', {}, messages.paused(renderDuration(pausedMs))[lang]),
    ),
  )
  const lanes = rows.map((row, index) => {
    const y = axisPx + index * rowPx
    const host = isByHost ? laneName(row[0]?.host ?? hosts[index] ?? '', y) : undefined
    const drawnBars = row.map((bar) => drawBar(bar, { y, at, isByHost, spanMs, options }))
    return drawn('g', {}, host, ...drawnBars)
  })
  const attributes = { class: 'rb-timeline-picture', width: '100%', height: String(height) }
  return drawn(
    'svg',
    { ...attributes, 'aria-label': label },
    ...ticks,
    ...pauses,
    ...waits.map((wait) => drawWait(wait, { at, topOf, lang })),
    ...lanes,
  )
}

function laneName(host: string, y: number): Drawn {
  const attributes = { class: 'rb-lane', x: '0', dx: '2', y: String(y + 12) }
  return drawn('text', attributes, cutMiddle(host, longestName))
}

interface BarPlace {
  readonly y: number
  readonly at: (ms: number) => string
  readonly isByHost: boolean
  readonly spanMs: number
  readonly options: TimelineOptions
}

function drawBar(bar: TimelineBar, { y, at, isByHost, spanMs, options }: BarPlace): Drawn {
  const { step, host, status, fromMs, toMs } = bar
  const { lang, hrefOf } = options
  const took = renderDuration(toMs - fromMs)
  const about = messages.bar(step, host, statusWords[status], took, renderDuration(fromMs))[lang]
  const href = hrefOf(bar)
  const isEarly = fromMs < spanMs * 0.45
  const name = cutMiddle(step.slice(step.lastIndexOf('#') + 1), longestName)
  const place = {
    x: at(fromMs),
    y: String(y + barTopPx),
    width: percent(toMs - fromMs, spanMs),
    height: String(isByHost ? namedBarPx : barPx),
  }
  const text = drawn(
    'text',
    {
      class: 'rb-bar-name',
      x: at(isEarly ? fromMs : toMs),
      dx: isEarly ? '2' : '-2',
      y: String(y + 12),
      'text-anchor': isEarly ? 'start' : 'end',
    },
    `${name} · ${took}`,
  )
  return drawn(
    href === undefined ? 'g' : 'a',
    {
      class: 'rb-bar-of',
      'data-status': status,
      'aria-label': about,
      ...(href === undefined ? {} : { href }),
    },
    drawn('title', {}, about),
    isByHost ? undefined : text,
    drawn('rect', { ...place, rx: '2' }),
    isByHost ? nameIn(name, place) : undefined,
  )
}

/** Cut off where the bar ends. */
function nameIn(name: string, place: Readonly<Record<string, string>>): Drawn {
  const text = drawn('text', { class: 'rb-name-in', x: '5', y: '12', 'aria-hidden': 'true' }, name)
  return drawn('svg', { ...place, overflow: 'hidden' }, text)
}

interface WaitPlace {
  readonly at: (ms: number) => string
  readonly topOf: (bar: Pick<TimelineBar, 'step' | 'host'>) => number
  readonly lang: Lang
}

/** A line while the host waits, and one from the step that it waited for. */
function drawWait(wait: TimelineWait, { at, topOf, lang }: WaitPlace): Drawn {
  const y = topOf(wait) + barTopPx + barPx / 2
  const { for: cause } = wait
  return drawn(
    'g',
    { class: 'rb-wait' },
    drawn('title', {}, waitText(wait, lang)),
    drawn('line', { x1: at(wait.fromMs), x2: at(wait.toMs), y1: String(y), y2: String(y) }),
    cause &&
      drawn('line', {
        class: 'rb-wait-for',
        x1: at(cause.toMs),
        x2: at(cause.toMs),
        y1: String(topOf(cause) + barTopPx + barPx / 2),
        y2: String(y),
      }),
  )
}

function waitText({ step, host, fromMs, toMs, for: cause }: TimelineWait, lang: Lang): string {
  const took = renderDuration(toMs - fromMs)
  const text = cause
    ? messages.wait(host, took, cause.step, cause.host)
    : messages.idle(host, took, step)
  return text[lang]
}

/** The longest wait first. */
function waitList({ waits }: Timeline, lang: Lang): Drawn | undefined {
  if (waits.length === 0) return undefined
  const items = waits
    .toSorted((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs))
    .map((wait) => drawn('li', {}, waitText(wait, lang)))
  return drawn(
    'details',
    { class: 'rb-timeline-waits' },
    drawn('summary', {}, messages.waits(waits.length)[lang]),
    drawn('ul', {}, ...items),
  )
}

function percent(ms: number, spanMs: number): string {
  const share = spanMs <= 0 ? 0 : (ms / spanMs) * 100
  return `${Number(share.toFixed(3))}%`
}
