import type { Lang } from '../../model/message.ts'
import { messages } from './messages.ts'
import { visibleText } from '../../text/visible-text.ts'
import type { StampedEvent } from '../../model/run-event.ts'

/** Names the run that a command chose by itself: its id, start, pages and hosts. */
export function runLine(run: string, events: readonly StampedEvent[], lang: Lang): string {
  const started = events.find((event) => event.kind === 'run-started')
  if (started?.kind !== 'run-started') return run
  const { at, runbooks, hosts } = started
  const names = hosts.map(({ name }) => name).join(', ')
  const began = at.slice(0, 16).replace('T', ' ')
  const about = `${began} · ${visibleText(runbooks.join(' '))} · ${visibleText(names)}`
  return messages.theRun(visibleText(run), about)[lang]
}
