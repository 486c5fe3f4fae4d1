/**
 * A run as lines of text, for pipes and logs: one line when a step starts, its output with a
 * margin, one line when it ends. Nothing is redrawn.
 */

import type { Lang } from '../check/check-sentence.ts'
import { visibleText } from '../diagnostic/visible-text.ts'
import { Screen } from '../match/render-screen.ts'
import { renderDuration } from '../model/duration.ts'
import type { StampedEvent } from '../model/run-event.ts'
import type { Reporter } from './reporter.ts'
import { RunView, type RunViewOptions } from './run-view.ts'
import { type Palette, statusMark } from './style.ts'

export interface ReportOptions extends RunViewOptions {
  readonly write: (text: string) => void
  readonly palette: Palette
  readonly lang: Lang
}

export function plainReporter(options: ReportOptions): Reporter {
  const { write, palette, lang } = options
  const view = new RunView(options)
  let screen = new Screen(() => {})
  const take = (event: StampedEvent) => {
    view.take(event)
    switch (event.kind) {
      case 'run-started':
        for (const line of view.header()) write(`${line}\n`)
        break
      case 'step-started': {
        const { number, title } = view.describe(event)
        write(
          `\n${palette.strong(`[${event.host}] ${number} ${visibleText(event.step)}`)}  ${visibleText(title)}\n`,
        )
        break
      }
      case 'command-started':
        for (const [index, line] of event.text.split('\n').entries())
          write(`  ${palette.dim(index === 0 ? '$' : '>')} ${visibleText(line)}\n`)
        screen = new Screen((line) => write(`  ${palette.dim('│')} ${visibleText(line)}\n`))
        break
      case 'output':
        screen.push(event.text)
        break
      case 'command-ended':
        screen.end()
        break
      case 'step-ended': {
        screen.end()
        screen = new Screen(() => {})
        const mark = statusMark(event.status, palette)
        const message = event.message === '' ? '' : `  ${visibleText(event.message)}`
        write(
          `  ${mark} ${view.statusWord(event.status)}${message}  ${palette.dim(renderDuration(event.durationMs))}\n`,
        )
        const failure = view.failure(event)
        if (failure !== undefined) write(`\n${failure}\n`)
        break
      }
      case 'run-ended':
        write(`\n${view.summary(event).join('\n')}\n`)
        break
      case 'host-connected':
      case 'host-lost':
      case 'host-back':
      case 'check-answered':
        break
      default:
        throw new Error(`unreachable: ${JSON.stringify(event satisfies never)} in ${lang}`)
    }
  }
  return { take }
}
