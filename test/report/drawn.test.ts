/** What each reporter draws of a run: `drawn/`, written anew by `npm run test:update`. */

import { describe, expect, test } from 'vitest'
import type { Lang } from '../../src/model/message.ts'
import type { StampedEvent } from '../../src/model/run-event.ts'
import { githubReporter } from '../../src/report/github-reporter.ts'
import { jsonReporter } from '../../src/report/json-reporter.ts'
import { junitReporter } from '../../src/report/junit-reporter.ts'
import { liveFleetReporter } from '../../src/report/live-fleet-reporter.ts'
import { type LiveOptions, liveReporter } from '../../src/report/live-reporter.ts'
import { markdownReporter } from '../../src/report/markdown-reporter.ts'
import { plainReporter } from '../../src/report/plain-reporter.ts'
import type { Reporter } from '../../src/report/reporter.ts'
import { paletteFor } from '../../src/report/style.ts'
import { TerminalScreen } from '../support/terminal-screen.ts'
import { diagnostics, file, runbook, runs, source } from './told-run.ts'

const langs: readonly Lang[] = ['en', 'zh']
const names = ['passed', 'failed', 'cancelled', 'fleet'] as const

function optionsFor(lang: Lang, write: (text: string) => void): LiveOptions {
  return {
    runbooks: [runbook],
    pageNeeds: [],
    sources: new Map([[file, source]]),
    palette: paletteFor({ colour: false, unicode: true }),
    lang,
    before: [],
    columns: () => 80,
    program: 'npx runbook',
    lastMs: () => 1000,
    nowMs: () => 0,
    write,
  }
}

const reporters = {
  plain: { extension: 'txt', open: plainReporter },
  markdown: { extension: 'md', open: markdownReporter },
  junit: { extension: 'xml', open: junitReporter },
  github: {
    extension: 'txt',
    open: (options: LiveOptions) => githubReporter({ ...options, stopToken: 'token' }),
  },
} as const

function drawn(
  events: readonly StampedEvent[],
  lang: Lang,
  open: (options: LiveOptions) => Reporter,
): string {
  let text = ''
  const reporter = open(optionsFor(lang, (more) => (text += more)))
  for (const event of events) reporter.handle(event)
  reporter.end?.()
  return text
}

test('the page of these runs has no diagnostics', () => {
  expect(diagnostics).toEqual([])
})

describe.each(Object.entries(reporters))('the %s reporter', (name, { extension, open }) => {
  test.each(names.flatMap((run) => langs.map((lang) => [run, lang] as const)))(
    'draws a run that is %s in %s',
    async (run, lang) => {
      const text = drawn(runs[run], lang, open)
      await expect(text).toMatchFileSnapshot(`drawn/${name}.${run}.${lang}.${extension}`)
    },
  )

  test.each(names)('writes no control characters of a host (%s)', (run) => {
    // oxlint-disable-next-line no-control-regex -- what moves a terminal
    expect(drawn(runs[run], 'en', open)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/)
  })
})

describe.each([
  ['live', liveReporter, ['passed', 'failed', 'cancelled']],
  ['live-fleet', liveFleetReporter, ['fleet']],
] as const)('the %s reporter', (name, open, shown) => {
  test.each(shown.flatMap((run) => langs.map((lang) => [run, lang] as const)))(
    'leaves this on the screen of a run that is %s in %s',
    async (run, lang) => {
      const screen = new TerminalScreen(80)
      // A terminal's driver returns the carriage at a line's end.
      const write = (text: string) => screen.write(text.replaceAll('\n', '\r\n'))
      const reporter = open(optionsFor(lang, write))
      for (const event of runs[run]) reporter.handle(event)
      reporter.end?.()
      await expect(screen.text).toMatchFileSnapshot(`drawn/${name}.${run}.${lang}.txt`)
    },
  )
})

test('the JSON reporter writes each event as a line that parses to the same event', () => {
  let text = ''
  const reporter = jsonReporter((more) => (text += more))
  for (const event of runs.fleet) reporter.handle(event)
  const lines = text.split('\n')
  expect(lines.pop()).toBe('')
  expect(lines.map((line) => JSON.parse(line))).toEqual(runs.fleet)
})
