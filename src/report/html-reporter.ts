/** A run as one HTML file: its timeline, each step with its output. No scripts, nothing from elsewhere. */

import { renderScreen } from '../match/render-screen.ts'
import { renderDuration } from '../model/duration.ts'
import { type Lang, languageTags } from '../model/message.ts'
import { statusWords } from '../model/messages.ts'
import { type Drawn, drawn, markupOf } from '../text/markup.ts'
import { drawTimeline } from '../timeline/draw-timeline.ts'
import { messages } from './messages.ts'
import type { Reporter } from './reporter.ts'
import {
  notStarted,
  type ReportedStep,
  type RunReport,
  type WholeRunOptions,
  wholeRunReporter,
} from './run-report.ts'
import { statusWord } from './status-words.ts'

/** Style sheets of the site's theme. */
export interface HtmlStyles {
  readonly light: string
  /** For elements in `.dark`. */
  readonly dark: string
}

type HtmlOptions = WholeRunOptions & { readonly lang: Lang; readonly styles: HtmlStyles }

export function htmlReporter(options: HtmlOptions): Reporter {
  return wholeRunReporter(options, (report) => htmlReport(report, options))
}

const policy = "default-src 'none'; style-src 'unsafe-inline'"

function htmlReport(report: RunReport, { lang, styles }: HtmlOptions): string {
  const { state } = report
  const status = statusWords[state.ended?.status ?? 'running']
  const title = messages.theRun(state.run, status)[lang]
  const head = drawn(
    'head',
    {},
    drawn('meta', { charset: 'utf-8' }),
    drawn('meta', { name: 'viewport', content: 'width=device-width' }),
    drawn('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    drawn('title', {}, title),
  )
  // Style sheets are ours; as text of an element they would be escaped.
  const sheets =
    `<style>${styles.light}</style>` +
    `<style media="(prefers-color-scheme: dark)">${styles.dark}</style>`
  const body = markupOf(drawn('body', {}, reportBody(report, title, lang)))
  const start = `<!doctype html>\n<html lang="${languageTags[lang]}" class="dark">`
  return `${start}${markupOf(head)}${sheets}${body}</html>\n`
}

function reportBody(report: RunReport, title: string, lang: Lang): Drawn {
  const { state, startedAt, durationMs, steps, timeline } = report
  const ids = new Map(steps.map(({ progress }, index) => [keyOf(progress), `step-${index + 1}`]))
  const hrefOf = (of: OfStep) => {
    const id = ids.get(keyOf(of))
    return id === undefined ? undefined : `#${id}`
  }
  const hosts = state.hosts.map(({ name, address, platform }) =>
    drawn('li', {}, drawn('b', {}, name), ` · ${address} · ${platform}`),
  )
  const rest = notStarted(state).map(({ step, host, title: words }) =>
    drawn('li', {}, `${step} · ${words} · ${host} · ${statusWords.notRun[lang]}`),
  )
  return drawn(
    'main',
    {},
    drawn('h1', {}, title),
    drawn('p', { class: 'rb-aside' }, `${startedAt} · ${renderDuration(durationMs)}`),
    drawn('ul', { class: 'rb-report-hosts' }, ...hosts),
    drawTimeline(timeline, { lang, name: 'run', hrefOf }),
    ...steps.map((step) => stepPart(step, ids.get(keyOf(step.progress)) ?? '', lang)),
    rest.length > 0 ? drawn('ul', {}, ...rest) : undefined,
  )
}

interface OfStep {
  readonly step: string
  readonly host: string
}

function keyOf({ step, host }: OfStep): string {
  return `${step}@${host}`
}

function stepPart(reported: ReportedStep, id: string, lang: Lang): Drawn {
  const { progress, output, title, file, line } = reported
  const { status, step, host, message, durationMs, diff } = progress
  const word =
    status === 'running' ? statusWords.running[lang] : statusWord({ ...progress, status }, lang)
  const printed = renderScreen(output)
  return drawn(
    'section',
    { id, 'data-status': status },
    drawn('h2', {}, drawn('code', {}, step.slice(step.lastIndexOf('#') + 1)), ` ${title}`),
    drawn(
      'p',
      { class: 'rb-aside' },
      `${host} · ${word} · ${renderDuration(durationMs)} · ${file}:${line}`,
    ),
    message === '' ? undefined : drawn('p', {}, message),
    diff === undefined || diff === '' ? undefined : drawn('pre', {}, diff),
    printed === '' ? undefined : drawn('pre', { tabindex: '0' }, printed),
  )
}
