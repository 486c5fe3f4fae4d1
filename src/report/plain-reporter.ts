/**
 * A run as lines of text, for pipes and logs: one line when a step starts, its output with a
 * margin, one line when it ends. Nothing is redrawn.
 */

import type { Lang } from '../model/message.ts'
import { visibleText } from '../text/visible-text.ts'
import { Screen } from '../match/render-screen.ts'
import { renderDuration } from '../model/duration.ts'
import type { StampedEvent } from '../model/run-event.ts'
import { messages } from '../run/messages.ts'
import { fileDiff } from './file-diff.ts'
import { hostLine } from './host-line.ts'
import type { Reporter } from './reporter.ts'
import { RunView, type RunViewOptions } from './run-view.ts'
import { type Palette, statusMark } from './style.ts'

export interface ReportOptions extends RunViewOptions {
  readonly write: (text: string) => void
  readonly palette: Palette
  readonly lang: Lang
}

export function plainReporter(options: ReportOptions): Reporter {
  const { palette } = options
  const view = new RunView(options)
  const screens = new Map<string, Screen>()
  /** One write per event: in a flood each event has many lines. */
  let text = ''
  const put = (more: string) => {
    text += more
  }
  /** Lines of several hosts interleave, so each names its host. */
  const write = (host: string, line: string) => {
    const margin = view.hasManyHosts ? `${palette.dim(visibleText(host))} ` : ''
    put(`${margin}${line}\n`)
  }
  const endScreen = ({ step, host }: OfStep) => {
    screens.get(`${step}@${host}`)?.end()
    screens.delete(`${step}@${host}`)
  }
  const render = (event: StampedEvent) => {
    view.handle(event)
    switch (event.kind) {
      case 'run-started':
        for (const line of view.header()) put(`${line}\n`)
        break
      case 'step-started': {
        const { host, step } = event
        const { number, title } = view.describe(event)
        const head = palette.strong(`[${visibleText(host)}] ${number} ${visibleText(step)}`)
        put(`\n${head}  ${visibleText(title)}\n`)
        break
      }
      case 'command-started': {
        const { host } = event
        for (const [index, line] of event.text.split('\n').entries()) {
          write(host, `  ${palette.dim(index === 0 ? '$' : '>')} ${visibleText(line)}`)
        }
        const margin = `  ${palette.dim(palette.unicode ? '│' : '|')}`
        const screen = new Screen(
          (_, styled) => write(host, `${margin} ${hostLine(styled, palette)}`),
          { readsStyles: palette.hostColours },
        )
        screens.set(`${event.step}@${host}`, screen)
        break
      }
      case 'output':
        screens.get(`${event.step}@${event.host}`)?.push(event.text)
        break
      case 'command-silent':
        write(
          event.host,
          `  ${palette.dim(visibleText(messages.silent(event.prompt)[options.lang]))}`,
        )
        break
      case 'command-ended':
        endScreen(event)
        break
      case 'step-ended': {
        endScreen(event)
        const mark = statusMark(event.status, palette)
        const message = event.message === '' ? '' : `  ${visibleText(event.message)}`
        const took = palette.dim(renderDuration(event.durationMs))
        write(event.host, `  ${mark} ${view.statusWord(event)}${message}  ${took}`)
        for (const line of fileDiff(event, palette)) write(event.host, `    ${line}`)
        const failure = view.failure(event)
        if (failure !== undefined) put(`\n${failure}\n`)
        break
      }
      case 'run-ended':
        put(`\n${view.summary(event).join('\n')}\n`)
        break
      case 'host-lost':
      case 'host-back':
        write(event.host, `  ${event.kind}: ${visibleText(event.reason ?? '')}`)
        break
      case 'host-connected':
      case 'check-answered':
        break
      default:
        throw new Error(`unreachable: ${JSON.stringify(event satisfies never)}`)
    }
  }
  return {
    handle(event) {
      render(event)
      if (text !== '') options.write(text)
      text = ''
    },
  }
}

interface OfStep {
  readonly step: string
  readonly host: string
}
