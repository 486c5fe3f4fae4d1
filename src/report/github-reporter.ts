import { escapeData, escapeProperty } from '../diagnostic/render-github.ts'
import type { StampedEvent } from '../model/run-event.ts'
import { Screen } from '../match/render-screen.ts'
import { visibleText } from '../diagnostic/visible-text.ts'
import type { ReportOptions } from './plain-reporter.ts'
import type { Reporter } from './reporter.ts'
import { RunView } from './run-view.ts'

/** A run as GitHub's log shows it: a group a step, an annotation a failure. */
export function githubReporter(options: ReportOptions): Reporter {
  const { write } = options
  const view = new RunView(options)
  const places = new Map<string, { readonly file: string; readonly line: number }>()
  let screen = new Screen(() => {})
  const take = (event: StampedEvent) => {
    view.take(event)
    switch (event.kind) {
      case 'run-started':
        for (const { step, host, file, line } of event.steps)
          places.set(`${step}@${host}`, { file, line })
        for (const line of view.header()) write(`${shown(line)}\n`)
        break
      case 'step-started':
        write(
          `::group::${shown(`${event.host} · ${event.step} · ${view.describe(event).title}`)}\n`,
        )
        break
      case 'command-started':
        for (const line of event.text.split('\n')) write(`$ ${shown(line)}\n`)
        screen = new Screen((line) => write(`${shown(line)}\n`))
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
        const failure = view.failure(event)
        if (failure !== undefined) write(`${failure.split('\n').map(shown).join('\n')}\n`)
        write('::endgroup::\n')
        const place = places.get(`${event.step}@${event.host}`)
        if (failure !== undefined && place) {
          const title = `${event.step} on ${event.host}`
          write(
            `::error file=${escapeProperty(visibleText(place.file))},line=${place.line},title=${escapeProperty(visibleText(title))}::${escapeData(visibleText(event.message))}\n`,
          )
        }
        break
      }
      case 'run-ended':
        write(`${view.summary(event).map(shown).join('\n')}\n`)
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
  return { take }
}

/** Text of a host or a page: it cannot begin a command of the log. */
function shown(text: string): string {
  return visibleText(text).replace(/^(\s*)(?=::|##\[)/, '$1 ')
}
