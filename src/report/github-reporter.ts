import { escapeData, escapeProperty, inertLine } from '../diagnostic/render-github.ts'
import { visibleText } from '../text/visible-text.ts'
import { Screen } from '../match/render-screen.ts'
import type { StampedEvent } from '../model/run-event.ts'
import { KeptOutput } from '../run/kept-output.ts'
import type { ReportOptions } from './plain-reporter.ts'
import type { Reporter } from './reporter.ts'
import { RunView } from './run-view.ts'

export interface GithubOptions extends ReportOptions {
  /**
   * A random word that no host or page can guess; it ends passages in which GitHub ignores
   * commands.
   */
  readonly stopToken: string
}

/** Output of a step so far. */
interface StepLog {
  screen: Screen
  readonly write: (line: string) => void
  readonly end: () => void
}

/**
 * A run for GitHub's log: one group per step, one annotation per failure.
 *
 * GitHub cannot interleave groups. With one host a group is written as it grows; with several it is
 * held until its step ends, so that each group has lines of one host.
 */
export function githubReporter({ stopToken, ...options }: GithubOptions): Reporter {
  const { write } = options
  const view = new RunView(options)
  const places = new Map<string, { readonly file: string; readonly line: number }>()
  const logs = new Map<string, StepLog>()
  /** GitHub ignores commands in the lines between the two marks. */
  const foreign = (text: string) =>
    write(`::stop-commands::${stopToken}\n${text}::${stopToken}::\n`)
  const open = (event: StampedEvent & { readonly kind: 'step-started' }): StepLog => {
    const { host, step } = event
    const title = escapeData(visibleText(`${host} · ${step} · ${view.describe(event).title}`))
    const screen = new Screen(() => {})
    if (!view.hasManyHosts) {
      write(`::group::${title}\n::stop-commands::${stopToken}\n`)
      return { screen, write, end: () => write(`::${stopToken}::\n::endgroup::\n`) }
    }
    const held = new KeptOutput()
    const end = () => {
      write(`::group::${title}\n`)
      foreign(held.text())
      write('::endgroup::\n')
    }
    return { screen, write: (line) => held.push(line), end }
  }
  const put = (log: StepLog, text: string) => {
    for (const line of text.split('\n')) log.write(`${shown(line)}\n`)
  }
  const close = (key: string) => {
    const log = logs.get(key)
    logs.delete(key)
    log?.end()
  }
  const handle = (event: StampedEvent) => {
    view.handle(event)
    switch (event.kind) {
      case 'run-started':
        for (const { step, host, file, line } of event.steps)
          places.set(`${step}@${host}`, { file, line })
        foreign(linesOf(view.header()))
        break
      case 'step-started':
        close(keyOf(event))
        logs.set(keyOf(event), open(event))
        break
      case 'command-started': {
        const log = logs.get(keyOf(event))
        if (!log) break
        put(
          log,
          event.text
            .split('\n')
            .map((line) => `$ ${line}`)
            .join('\n'),
        )
        log.screen = new Screen((line) => put(log, line))
        break
      }
      case 'output':
        logs.get(keyOf(event))?.screen.push(event.text)
        break
      case 'command-ended':
        logs.get(keyOf(event))?.screen.end()
        break
      case 'step-ended': {
        const log = logs.get(keyOf(event))
        log?.screen.end()
        const failure = view.failure(event)
        if (failure !== undefined && log) put(log, failure)
        close(keyOf(event))
        const place = places.get(keyOf(event))
        if (failure !== undefined && place) {
          const title = visibleText(`${event.step} on ${event.host}`)
          const file = visibleText(place.file)
          const message = escapeData(visibleText(event.message))
          write(
            `::error file=${escapeProperty(file)},line=${place.line},title=${escapeProperty(title)}::${message}\n`,
          )
        }
        break
      }
      case 'run-ended':
        for (const key of logs.keys()) close(key)
        foreign(linesOf(view.summary(event)))
        break
      case 'host-connected':
      case 'host-lost':
      case 'command-silent':
      case 'host-back':
      case 'check-answered':
        break
      default:
        throw new Error(`unreachable: ${JSON.stringify(event satisfies never)}`)
    }
  }
  return { handle }
}

function keyOf({ step, host }: { readonly step: string; readonly host: string }): string {
  return `${step}@${host}`
}

function linesOf(lines: readonly string[]): string {
  return lines.map((line) => `${shown(line)}\n`).join('')
}

/**
 * One line of a host or a page, also made safe for log readers that do not know `stop-commands`.
 */
function shown(line: string): string {
  return inertLine(visibleText(line))
}
