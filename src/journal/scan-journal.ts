/**
 * Reads from a journal only how its steps went. Lines of output, which are nearly all of a journal,
 * are skipped unparsed, and a later call continues where the one before ended.
 */

import type { StampedEvent } from '../model/run-event.ts'
import { parsedEvent } from '../model/event-schema.ts'
import { linesFrom } from './journal-lines.ts'

/** The events that are parsed. Quotes inside texts are escaped, so that none can look like these. */
const marks = ['"kind":"run-started"', '"kind":"step-started"', '"kind":"step-ended"']

type StepEnd = StampedEvent & { readonly kind: 'step-ended' }

export class JournalScan {
  /** `STEP@HOST` of the planned steps; of the last life, if the run was resumed. */
  planned: ReadonlySet<string> = new Set()
  /** The last end of each step, by `STEP@HOST`; `undefined` while it runs. */
  readonly ends = new Map<string, StepEnd | undefined>()
  readonly #file: string
  #offset = 0

  constructor(file: string) {
    this.#file = file
  }

  /** Number of planned steps that have ended. */
  get ended(): number {
    return [...this.planned].filter((key) => this.ends.get(key) !== undefined).length
  }

  /** Reads the complete lines that were added since the last call. */
  read(): this {
    const lines = linesFrom(this.#file, this.#offset)
    for (let next = lines.next(); ; next = lines.next()) {
      if (next.done === true) {
        this.#offset = next.value
        return this
      }
      const line = next.value
      const event = marks.some((mark) => line.includes(mark))
        ? parsedEvent(line.toString())
        : undefined
      if (event) this.#take(event)
    }
  }

  #take(event: StampedEvent): void {
    if (event.kind === 'run-started')
      this.planned = new Set(event.steps.map(({ step, host }) => `${step}@${host}`))
    if (event.kind === 'step-started') this.ends.set(`${event.step}@${event.host}`, undefined)
    if (event.kind === 'step-ended') this.ends.set(`${event.step}@${event.host}`, event)
  }
}
