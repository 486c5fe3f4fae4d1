/**
 * Masks the events of a run before any sink sees them: text that people wrote or programs printed,
 * but never the names by which events are looked up.
 */

import type { RunEvent } from '../model/run-event.ts'
import { DrawnLine } from './drawn-line.ts'
import type { MaskedStream, Redactor } from './redact.ts'

type Output = RunEvent & { readonly kind: 'output' }

/** The text fields of each kind of event; the rest are names, numbers and kinds. */
const texts: { readonly [K in RunEvent['kind']]: readonly string[] } = {
  'run-started': [],
  'host-connected': ['reason'],
  'host-lost': ['reason'],
  'host-back': ['reason'],
  'check-answered': ['check', 'actual'],
  'step-started': [],
  'command-started': ['text'],
  output: ['text'],
  'command-silent': ['prompt'],
  'command-ended': [],
  'step-ended': ['message', 'diff'],
  'run-ended': [],
}

interface Pending {
  readonly stream: MaskedStream
  /** The latest event. */
  event: Output
}

/**
 * Masks events one by one. An output event may yield no event, or several with other chunk borders.
 */
export function eventRedactor(redactor: Redactor): (event: RunEvent) => readonly RunEvent[] {
  const pending = new Map<string, Pending>()
  const lines = new Map<string, DrawnLine>()
  const shown = (event: Output, text: string): readonly Output[] => {
    if (text === '') return []
    const key = `${event.step} ${event.host}`
    const line = lines.get(key) ?? new DrawnLine(redactor)
    lines.set(key, line)
    return [{ ...event, text: line.push(text, event.stream) }]
  }
  return (event) => {
    if (redactor.isEmpty) return [event]
    if (event.kind === 'output') {
      const key = `${event.step} ${event.host} ${event.index} ${event.stream}`
      const own = pending.get(key) ?? { stream: redactor.stream(), event }
      own.event = event
      pending.set(key, own)
      return shown(event, own.stream.push(event.text))
    }
    const before: RunEvent[] = []
    // Held-back output of a step precedes the step's next event.
    for (const [key, { stream, event: last }] of pending) {
      if ('step' in event && (event.step !== last.step || event.host !== last.host)) continue
      pending.delete(key)
      before.push(...shown(last, stream.end()))
    }
    if ('step' in event) lines.delete(`${event.step} ${event.host}`)
    return [...before, maskTexts(event, redactor)]
  }
}

function maskTexts(event: RunEvent, redactor: Redactor): RunEvent {
  if (event.kind === 'run-started') {
    const steps = event.steps.map((step) => ({ ...step, title: redactor.text(step.title) }))
    return { ...event, steps }
  }
  const masked = Object.entries(event).flatMap(([name, value]) =>
    typeof value === 'string' && texts[event.kind].includes(name)
      ? [[name, redactor.text(value)] as const]
      : [],
  )
  return { ...event, ...Object.fromEntries(masked) }
}
