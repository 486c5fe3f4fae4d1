import { escapeMarkup } from '../text/markup.ts'
import { visibleText } from '../text/visible-text.ts'
import { renderScreen } from '../match/render-screen.ts'
import { isDone } from '../model/step-status.ts'
import type { Reporter } from './reporter.ts'
import {
  notStarted,
  type ReportedStep,
  type RunReport,
  type WholeRunOptions,
  wholeRunReporter,
} from './run-report.ts'

/** JUnit XML for CI systems: one suite per host, one case per step. */
export function junitReporter(options: WholeRunOptions): Reporter {
  return wholeRunReporter(options, renderJunit)
}

function renderJunit({ state, startedAt, durationMs, steps }: RunReport): string {
  const suites = state.hosts.map(({ name }) => {
    const own = steps.filter(({ progress }) => progress.host === name)
    const rest = notStarted(state).filter(({ host }) => host === name)
    const bad = own.filter(isBad).length
    const idle = own.filter(({ progress }) => progress.status === 'skipped').length + rest.length
    return [
      `  <testsuite name=${quoted(name)} tests="${own.length + rest.length}" failures="${bad}" errors="0" skipped="${idle}" timestamp=${quoted(startedAt.slice(0, 19))} time="${seconds(durationMs)}">`,
      ...own.map(renderCase),
      ...rest.map(
        ({ step, file }) =>
          `    <testcase name=${quoted(step)} classname=${quoted(file)} time="0"><skipped message="not run"/></testcase>`,
      ),
      '  </testsuite>',
    ].join('\n')
  })
  const failures = steps.filter(isBad).length
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name=${quoted(state.run)} tests="${state.outline.length}" failures="${failures}" time="${seconds(durationMs)}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}

function isBad({ progress }: ReportedStep): boolean {
  return !isDone(progress.status)
}

function renderCase(step: ReportedStep): string {
  const { progress, output, title, file, line } = step
  const head = `    <testcase name=${quoted(progress.step)} classname=${quoted(file)} file=${quoted(file)} line="${line}" time="${seconds(progress.durationMs)}">`
  const printed = renderScreen(output)
  const deviation = progress.isDeviation ? '<property name="deviation" value="true"/>' : ''
  const parts = [
    `<properties><property name="title" value=${quoted(title)}/>${deviation}</properties>`,
  ]
  if (progress.status === 'skipped') parts.push(`<skipped message=${quoted(progress.message)}/>`)
  if (isBad(step)) {
    const type = quoted(progress.reason ?? progress.status)
    parts.push(
      `<failure type=${type} message=${quoted(progress.message)}>${text(progress.diff ?? '')}</failure>`,
    )
  }
  if (printed !== '') parts.push(`<system-out>${text(printed)}</system-out>`)
  return `${head}${parts.join('')}</testcase>`
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3)
}

function quoted(value: string): string {
  return `"${escapeMarkup(visibleText(value))}"`
}

function text(value: string): string {
  return escapeMarkup(value)
}
