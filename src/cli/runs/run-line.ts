import { visibleText } from '../../text/visible-text.ts'
import type { StampedEvent } from '../../model/run-event.ts'

/** Which run a command has chosen by itself: its id, when it began, its pages and hosts. */
export function runLine(run: string, events: readonly StampedEvent[]): string {
  const started = events.find((event) => event.kind === 'run-started')
  if (started?.kind !== 'run-started') return run
  const { at, runbooks, hosts } = started
  const names = hosts.map(({ name }) => name).join(', ')
  const began = at.slice(0, 16).replace('T', ' ')
  return `run ${visibleText(run)} · ${began} · ${visibleText(runbooks.join(' '))} · ${visibleText(names)}`
}
