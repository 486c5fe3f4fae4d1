/**
 * A run at a terminal: finished steps stay as one line each. Below them the running step, with its
 * last line of output, is redrawn in place.
 */

import { messages as words } from './messages.ts'
import { cutMiddle, displayWidth, padDisplay } from '../text/display-width.ts'
import { visibleText } from '../text/visible-text.ts'
import { Screen, type StyledText } from '../match/render-screen.ts'
import { renderDuration } from '../model/duration.ts'
import type { StampedEvent } from '../model/run-event.ts'
import { messages } from '../run/messages.ts'
import { fileDiff } from './file-diff.ts'
import { cutHostLine, hostLine } from './host-line.ts'
import type { ReportOptions } from './plain-reporter.ts'
import { Redraw } from './redraw.ts'
import type { Reporter } from './reporter.ts'
import { RunView } from './run-view.ts'
import { statusMark } from './style.ts'

export interface LiveOptions extends ReportOptions {
  /** Milliseconds; used for the running step's elapsed time. */
  readonly nowMs: () => number
}

interface OfStep {
  readonly step: string
  readonly host: string
}

const tailLines = 3

export interface LiveReporter extends Reporter {
  /** Redraws the elapsed time of the running step. */
  tick(): void
  /** Clears the live part and stops drawing until `resume`, while a question is open. */
  pause(): void
  resume(): void
}

export function liveReporter(options: LiveOptions): LiveReporter {
  const { write, palette } = options
  const view = new RunView(options)
  let running: (OfStep & { readonly line: string; readonly startedMs: number }) | undefined
  let tail: (readonly StyledText[])[] = []
  let screen = new Screen(() => {})

  const lines = (now: number) => {
    if (!running) return undefined
    const columns = options.columns()
    const took = tookText(now - running.startedMs, options.lastMs(running.step, running.host))
    const width = columns - displayWidth(took) - 2
    const bar = palette.unicode ? '│' : '|'
    const next = nextText(view.next(running))
    return [
      `${padDisplay(cutMiddle(running.line, width), width)} ${took}`,
      ...tail.map((line) => {
        const shown = hostLine(cutHostLine(line, columns - 7), palette, palette.dim)
        return `${palette.dim(`    ${bar}`)} ${shown}`
      }),
      ...(next === '' ? [] : [palette.dim(`    ${cutMiddle(next, columns - 5)}`)]),
    ]
  }
  const tookText = (ms: number, lastMs: number | undefined): string => {
    const now = renderDuration(ms)
    if (lastMs === undefined || lastMs < 2000) return now
    return words.about(now, renderDuration(lastMs))[options.lang]
  }
  const nextText = (ids: readonly string[]): string => {
    if (ids.length === 0) return ''
    const shown = ids.slice(0, 2).map(visibleText).join(' · ')
    const more = ids.length > 2 ? words.moreSteps(ids.length - 2)[options.lang] : ''
    return `${words.next[options.lang]}  ${shown}${more}`
  }
  const stepLine = (mark: string, { step, host }: OfStep, text: string, took: string) => {
    const { number } = view.describe({ step, host })
    const id = padDisplay(visibleText(step.replace(/^[^#]*#/, '')), 15)
    const head = ` ${mark} ${String(number).padStart(2)} ${id} `
    const width = options.columns() - displayWidth(head) - displayWidth(took) - 2
    return `${head}${padDisplay(cutMiddle(visibleText(text), width), width)} ${took}`
  }

  const redraw = new Redraw({ write, nowMs: options.nowMs, lines })
  const handle = (event: StampedEvent) => {
    view.handle(event)
    switch (event.kind) {
      case 'run-started':
        write(`${view.header().join('\n')}\n\n`)
        break
      case 'step-started':
        running = {
          step: event.step,
          host: event.host,
          line: stepLine('●', event, view.describe(event).title, ''),
          startedMs: options.nowMs(),
        }
        tail = []
        redraw.now()
        break
      case 'command-started':
        screen = new Screen(
          (_, styled) => {
            tail = [...tail, styled].slice(-tailLines)
          },
          { readsStyles: palette.hostColours },
        )
        if (running)
          running = {
            ...running,
            line: stepLine('●', event, event.text.split('\n')[0] ?? '', ''),
          }
        redraw.soon()
        break
      case 'output':
        screen.push(event.text)
        redraw.soon()
        break
      case 'command-silent':
        tail = [
          ...tail,
          [{ text: visibleText(messages.silent(event.prompt)[options.lang]), codes: '' }],
        ].slice(-tailLines)
        redraw.now()
        break
      case 'command-ended':
        screen.end()
        break
      case 'step-ended': {
        redraw.clear()
        running = undefined
        const { title, given } = view.describe(event)
        const said = event.message === '' || event.status === 'failed' ? title : event.message
        const titled = given === undefined || given === said ? said : `${given}: ${said}`
        const text = view.edited(event) ?? titled
        const took = event.status === 'skipped' ? '' : renderDuration(event.durationMs)
        write(`${stepLine(statusMark(event.status, palette), event, text, took)}\n`)
        for (const line of fileDiff(event, palette)) write(`      ${line}\n`)
        const failure = view.failure(event)
        if (failure !== undefined) write(`\n${failure}\n`)
        break
      }
      case 'run-ended':
        redraw.clear()
        write(`\n${view.summary(event).join('\n')}\n`)
        break
      case 'host-connected':
      case 'host-lost':
      case 'host-back':
      case 'check-answered':
        break
      default:
        throw new Error(`unreachable: ${JSON.stringify(event satisfies never)}`)
    }
  }
  return {
    handle,
    tick: () => redraw.now(),
    pause: () => redraw.pause(),
    resume: () => redraw.resume(),
  }
}
