/** Two runs beside each other: their timelines on one scale, and each step's state, time and output. */

import { diffArrays } from 'diff'
import { renderDuration } from '../../src/model/duration.ts'
import type { Lang } from '../../src/model/message.ts'
import { statusWords } from '../../src/model/messages.ts'
import type { StampedEvent } from '../../src/model/run-event.ts'
import { initialState, reduce, type StepProgress } from '../../src/run/reduce.ts'
import { timelineOf } from '../../src/timeline/timeline.ts'
import type { Api, RunDetails } from './api.ts'
import { element } from './elements.ts'
import { moment, stateBadge } from './run-facts.ts'
import { runHref, stepKey } from './run-links.ts'
import { runsWords as words } from './runs-words.ts'
import { StepOutput } from './step-output.ts'
import { TimelineView } from './timeline-view.ts'

/** Outputs that differ in more lines are not drawn. */
const maxEdits = 2000

interface ToldRun {
  readonly details: RunDetails
  readonly events: readonly StampedEvent[]
  readonly steps: ReadonlyMap<string, StepProgress>
  readonly outputs: ReadonlyMap<string, string>
}

export async function comparePage(
  api: Api,
  ids: readonly [string, string],
  lang: Lang,
): Promise<HTMLElement> {
  const [one, other] = await Promise.all([toldRun(api, ids[0]), toldRun(api, ids[1])])
  const spanMs = Math.max(timelineOf(one.events).spanMs, timelineOf(other.events).spanMs)
  document.title = `${ids[0]} · ${ids[1]}`
  const keys = [...new Set([...one.steps.keys(), ...other.steps.keys()])]
  const heads = [words.steps[lang], ids[0], ids[1], words.slower[lang], words.log[lang]]
  return element(
    'main',
    { class: 'rb-runs rb-compare' },
    element('h1', {}, words.compare[lang]),
    ...[one, other].map((run, index) => section(run, { spanMs, name: `t${index}`, lang })),
    element(
      'table',
      { class: 'rb-runs-table' },
      element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', {}, head)))),
      element('tbody', {}, ...keys.flatMap((key) => rows(key, one, other, lang))),
    ),
  )
}

async function toldRun(api: Api, run: string): Promise<ToldRun> {
  const [details, text] = await Promise.all([api.run(run), api.report(run, 'json')])
  const events = text
    .split('\n')
    .filter((line) => line !== '')
    // oxlint-disable-next-line no-unsafe-type-assertion -- docs/EVENTS.md says what a line is
    .map((line) => JSON.parse(line) as StampedEvent)
  const outputs = new Map<string, StepOutput>()
  for (const event of events) {
    if (event.kind === 'step-started') outputs.set(stepKey(event), new StepOutput())
    if (event.kind === 'output') outputs.get(stepKey(event))?.push(event.text)
    if (event.kind === 'command-ended') outputs.get(stepKey(event))?.end()
  }
  return {
    details,
    events,
    steps: events.reduce(reduce, initialState).steps,
    outputs: new Map([...outputs].map(([key, output]) => [key, output.text()])),
  }
}

interface Section {
  /** The longer of both, so that bars can be compared. */
  readonly spanMs: number
  readonly name: string
  readonly lang: Lang
}

function section({ details, events }: ToldRun, { spanMs, name, lang }: Section): HTMLElement {
  const view = new TimelineView(lang, name)
  view.draw({ ...timelineOf(events), spanMs })
  return element(
    'section',
    {},
    element(
      'p',
      { class: 'rb-compare-head' },
      stateBadge(details, lang),
      element('a', { href: runHref(details.run) }, details.run),
      moment(details.at),
      details.hosts.join(', '),
    ),
    view.element,
  )
}

function rows(key: string, one: ToldRun, other: ToldRun, lang: Lang): readonly HTMLElement[] {
  const a = one.steps.get(key)
  const b = other.steps.get(key)
  const texts = [one.outputs.get(key) ?? '', other.outputs.get(key) ?? ''] as const
  const isSame = texts[0] === texts[1]
  const both = a !== undefined && b !== undefined
  const row = element(
    'tr',
    { 'data-compare-step': key, ...(both && isSame ? {} : { class: 'rb-differs' }) },
    element('th', { scope: 'row' }, element('code', {}, key)),
    cell(a, lang),
    cell(b, lang),
    element('td', {}, both ? change(a.durationMs, b.durationMs) : words.onlyHere[lang]),
    element('td', {}, both ? (isSame ? words.same : words.differs)[lang] : '–'),
  )
  if (!both || isSame) return [row]
  const details = element('details', {}, element('summary', {}, words.difference[lang]))
  details.addEventListener(
    'toggle',
    () => details.append(lineDiff(texts[1].split('\n'), texts[0].split('\n'), lang)),
    { once: true },
  )
  return [row, element('tr', {}, element('td', { colspan: '5' }, details))]
}

function cell(progress: StepProgress | undefined, lang: Lang): HTMLElement {
  if (!progress) return element('td', {}, '–')
  const { status, durationMs } = progress
  const text = `${statusWords[status][lang]} · ${renderDuration(durationMs)}`
  return element('td', { 'data-status': status }, text)
}

/** How much longer the first run took than the second. */
function change(ms: number, otherMs: number): string {
  const more = ms - otherMs
  const sign = more < 0 ? '−' : '+'
  const percent = otherMs === 0 ? 0 : Math.round((Math.abs(more) / otherMs) * 100)
  const share = percent === 0 ? '' : ` (${sign}${percent}%)`
  return `${sign}${renderDuration(Math.abs(more))}${share}`
}

/** Changed lines with two lines around them. */
function lineDiff(before: readonly string[], after: readonly string[], lang: Lang): HTMLElement {
  const parts = diffArrays([...before], [...after], { maxEditLength: maxEdits })
  if (!parts) return element('p', {}, words.differsMuch[lang])
  const drawn = parts.flatMap(({ added, removed, value }) => {
    if (added) return value.map((line) => element('ins', {}, `+ ${line}`))
    if (removed) return value.map((line) => element('del', {}, `- ${line}`))
    const shown = value.length > 5 ? [...value.slice(0, 2), '…', ...value.slice(-2)] : value
    return shown.map((line) => element('span', {}, `  ${line}`))
  })
  return element('pre', { class: 'rb-log rb-line-diff', tabindex: '0' }, ...drawn)
}
