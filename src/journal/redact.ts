/**
 * Masks secrets in the events of a run, as the last thing before any sink sees them.
 *
 * Output comes in chunks: what could be the beginning of a secret is held back until more comes or
 * the command ends.
 */

import type { RunEvent } from '../model/run-event.ts'
import { encodingsOf } from './secret-encodings.ts'

export const mask = '***'

export class Redactor {
  readonly #needles = new Set<string>()
  #pattern: RegExp | undefined
  #longest = 0

  /** From now on `value` is masked, in itself and in its common encodings. */
  add(value: string): void {
    for (const encoding of encodingsOf(value)) this.#needles.add(encoding)
    const longestFirst = [...this.#needles].toSorted((a, b) => b.length - a.length)
    this.#longest = longestFirst[0]?.length ?? 0
    this.#pattern =
      longestFirst.length === 0
        ? undefined
        : new RegExp(longestFirst.map(escapeRegExp).join('|'), 'g')
  }

  /** Whether nothing is secret so far. */
  get isEmpty(): boolean {
    return this.#pattern === undefined
  }

  /** Masks a text that stands for itself. */
  text(text: string): string {
    return this.#pattern ? text.replace(this.#pattern, mask) : text
  }

  /**
   * Splits a text into what can be shown and what has to wait, because a secret may begin in it.
   * What is shown is masked.
   */
  split(text: string): { readonly ready: string; readonly held: string } {
    if (!this.#pattern) return { ready: text, held: '' }
    let at = 0
    let ready = ''
    for (const match of text.matchAll(this.#pattern)) {
      ready += text.slice(at, match.index) + mask
      at = match.index + match[0].length
    }
    const rest = text.slice(at)
    const from = this.#heldFrom(rest)
    return { ready: ready + rest.slice(0, from), held: rest.slice(from) }
  }

  /** Where a tail begins that some secret also begins with. */
  #heldFrom(text: string): number {
    for (let from = Math.max(0, text.length - this.#longest + 1); from < text.length; from++) {
      const tail = text.slice(from)
      for (const needle of this.#needles) if (needle.startsWith(tail)) return from
    }
    return text.length
  }
}

/** Masks events one by one; what comes out may be none, or more, with output in other chunks. */
export function eventRedactor(redactor: Redactor): (event: RunEvent) => readonly RunEvent[] {
  const held = new Map<string, RunEvent & { readonly kind: 'output' }>()
  return (event) => {
    if (event.kind !== 'output') {
      const shown: RunEvent[] = []
      // What was held back of a step comes before anything else that happens to it.
      for (const [key, output] of held) {
        if ('step' in event && (event.step !== output.step || event.host !== output.host)) continue
        held.delete(key)
        shown.push({ ...output, text: redactor.text(output.text) })
      }
      shown.push(redactValue(event, redactor))
      return shown
    }
    if (redactor.isEmpty) return [event]
    const key = `${event.step} ${event.host} ${event.index} ${event.stream}`
    const { ready, held: rest } = redactor.split((held.get(key)?.text ?? '') + event.text)
    if (rest === '') held.delete(key)
    else held.set(key, { ...event, text: rest })
    return ready === '' ? [] : [{ ...event, text: ready }]
  }
}

/** Events are plain JSON: every string in one is masked on its way through. */
function redactValue(event: RunEvent, redactor: Redactor): RunEvent {
  if (redactor.isEmpty) return event
  return JSON.parse(JSON.stringify(event), (_, value) =>
    typeof value === 'string' ? redactor.text(value) : value,
  )
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
