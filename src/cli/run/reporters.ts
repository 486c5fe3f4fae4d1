/** `--reporter NAME[=FILE]`: how a run is shown and which reports are written. */

import { forms } from './messages.ts'
import { randomBytes } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { InvalidArgumentError } from '@commander-js/extra-typings'
import type { StampedEvent } from '../../model/run-event.ts'
import { htmlReporter } from '../../report/html-reporter.ts'
import { githubReporter } from '../../report/github-reporter.ts'
import { jsonReporter } from '../../report/json-reporter.ts'
import { junitReporter } from '../../report/junit-reporter.ts'
import { liveFleetReporter } from '../../report/live-fleet-reporter.ts'
import { type LiveOptions, type LiveReporter, liveReporter } from '../../report/live-reporter.ts'
import { markdownReporter } from '../../report/markdown-reporter.ts'
import { plainReporter, type ReportOptions } from '../../report/plain-reporter.ts'
import type { Reporter } from '../../report/reporter.ts'
import { paletteFor } from '../../report/style.ts'
import { writeWhole } from '../../project-files/write-whole.ts'
import { ownCall } from '../called-as.ts'
import { reportStyles } from './report-styles.ts'
import { HeldScreen } from './held-screen.ts'
import { columnsOf, paletteOf, print } from '../output.ts'

export const reporterNames = [
  'live',
  'plain',
  'json',
  'junit',
  'markdown',
  'html',
  'github',
] as const
type ReporterName = (typeof reporterNames)[number]

export interface ReporterFlag {
  readonly name: ReporterName
  /** `undefined`: standard output. */
  readonly file: string | undefined
}

/** `--json` is `--reporter json`. */
export function chosenReporters({
  json,
  reporter,
}: {
  readonly json?: true | undefined
  readonly reporter: readonly ReporterFlag[]
}): readonly ReporterFlag[] {
  return json ? [{ name: 'json', file: undefined }, ...reporter] : reporter
}

/** @throws {InvalidArgumentError} For an unknown reporter. */
export function readReporterFlag(text: string): ReporterFlag {
  const [, word = '', file] = /^([^=]*)(?:=(.+))?$/s.exec(text) ?? []
  const name = reporterNames.find((each) => each === word)
  if (!name) throw new InvalidArgumentError(`${forms.reporter(reporterNames.join(', ')).en}.`)
  if (name === 'live' && file !== undefined)
    throw new InvalidArgumentError(`${forms.liveNeedsTerminal.en}.`)
  return { name, file }
}

export type RunReportOptions = Omit<ReportOptions, 'write' | 'palette' | 'columns' | 'program'>

/** Combines all reporters of a run; `finish` writes those that go to files. */
export interface RunReporters {
  handle(event: StampedEvent): void
  /** Await this before the next event if the screen's buffer is full. */
  room(): Promise<void> | undefined
  /** Redraws elapsed times. */
  tick(): void
  /** Buffers screen output while a question is open; files and JSON for programs continue. */
  pause(): void
  /** Shows the buffered output. */
  resume(): void
  finish(): Promise<void>
}

/** A report that is written at a run's end, as a text. */
export function writtenReport(
  name: Exclude<ReporterName, 'live' | 'github'>,
  options: RunReportOptions,
  events: Iterable<StampedEvent>,
): string {
  let text = ''
  const reporter = openReporter(name, {
    ...options,
    ...forFile,
    program: ownCall(),
    write: (part) => {
      text += part
    },
  })
  for (const event of events) reporter.handle(event)
  reporter.end?.()
  return text
}

/** A file has no width and no colours. */
const forFile = {
  columns: () => Infinity,
  palette: paletteFor({ colour: false, unicode: true }),
}

export function openReporters(
  flags: readonly ReporterFlag[],
  options: RunReportOptions,
  { alsoOnScreen }: { readonly alsoOnScreen: boolean },
): RunReporters {
  const screen = new HeldScreen(print)
  const program = ownCall()
  const live: LiveReporter[] = []
  const files: { readonly file: string; text: string }[] = []
  const all = (alsoOnScreen ? withOneOnScreen(flags) : flags).map(({ name, file }): Reporter => {
    if (file === undefined) {
      const reporter = openReporter(name, {
        ...options,
        program,
        columns: () => columnsOf(process.stdout),
        palette: paletteOf(process.stdout),
        write: isForProgram(name) ? (text) => screen.pass(text) : (text) => screen.add(text),
      })
      if ('tick' in reporter) live.push(reporter)
      return reporter
    }
    const sink = { file, text: '' }
    files.push(sink)
    return openReporter(name, {
      ...options,
      ...forFile,
      program,
      write: (text) => (sink.text += text),
    })
  })
  return {
    handle: (event: StampedEvent) => {
      for (const reporter of all) reporter.handle(event)
    },
    room: () => screen.room(),
    tick: () => {
      for (const reporter of live) reporter.tick()
    },
    pause: () => {
      for (const reporter of live) reporter.pause()
      screen.hold()
    },
    resume: () => {
      screen.release()
      for (const reporter of live) reporter.resume()
      screen.flush()
    },
    finish: async () => {
      for (const reporter of all) reporter.end?.()
      screen.flush()
      for (const { file, text } of files) await writeWhole(file, text)
    },
  }
}

function isForProgram(name: ReporterName): boolean {
  return name === 'json' && !process.stdout.isTTY
}

/** Adds a screen reporter if all given reporters write to files. */
function withOneOnScreen(flags: readonly ReporterFlag[]): readonly ReporterFlag[] {
  if (flags.some(({ file }) => file === undefined)) return flags
  const canRedraw = process.stdout.isTTY && process.env['TERM'] !== 'dumb'
  return [{ name: canRedraw ? 'live' : 'plain', file: undefined }, ...flags]
}

function openReporter(name: ReporterName, options: ReportOptions): Reporter | LiveReporter {
  switch (name) {
    case 'live':
      return openLive({
        ...options,
        nowMs: () => performance.now(),
      })
    case 'plain':
      return plainReporter(options)
    case 'json':
      return jsonReporter(options.write)
    case 'junit':
      return junitReporter(options)
    case 'markdown':
      return markdownReporter(options)
    case 'html':
      return htmlReporter({ ...options, styles: reportStyles() })
    case 'github':
      return withJobSummary(
        githubReporter({ ...options, stopToken: randomBytes(16).toString('hex') }),
        options,
      )
    default:
      return name satisfies never
  }
}

/**
 * Chooses the live reporter for one host or for several at the first event, which has their number.
 */
function openLive(options: LiveOptions): LiveReporter {
  let chosen: LiveReporter | undefined
  let isPaused = false
  const choose = (isFleet: boolean): LiveReporter => {
    const reporter = isFleet ? liveFleetReporter(options) : liveReporter(options)
    if (isPaused) reporter.pause()
    return reporter
  }
  return {
    handle: (event) => {
      chosen ??= choose(event.kind === 'run-started' && event.hosts.length > 1)
      chosen.handle(event)
    },
    tick: () => chosen?.tick(),
    pause: () => {
      isPaused = true
      chosen?.pause()
    },
    resume: () => {
      isPaused = false
      chosen?.resume()
    },
  }
}

/** GitHub shows this file's content beside the job. */
function withJobSummary(reporter: Reporter, options: ReportOptions): Reporter {
  const file = process.env['GITHUB_STEP_SUMMARY']
  if (file === undefined || file === '') return reporter
  const summary = markdownReporter({ ...options, write: (text) => appendFileSync(file, text) })
  return {
    handle: (event) => {
      reporter.handle(event)
      summary.handle(event)
    },
    end: () => summary.end?.(),
  }
}
