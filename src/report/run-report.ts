/**
 * A run as a whole, for the reports that are written when it is over.
 */

import type { StampedEvent } from '../model/run-event.ts'
import { KeptOutput } from '../run/kept-output.ts'
import { initialState, reduce, type RunState, type StepProgress } from '../run/reduce.ts'
import type { Reporter } from './reporter.ts'

/** One step on one host with what it printed. */
export interface ReportedStep {
  readonly progress: StepProgress
  readonly output: string
  readonly title: string
  readonly file: string
  readonly line: number
}

export interface RunReport {
  readonly state: RunState
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly durationMs: number
  readonly steps: readonly ReportedStep[]
}

/** Calls `write` once, when the run is over. */
export function wholeRunReporter(write: (report: RunReport) => void): Reporter {
  const outputs = new Map<string, KeptOutput>()
  let state = initialState
  let startedAt = ''
  return {
    take(event: StampedEvent) {
      state = reduce(state, event)
      if (event.kind === 'run-started') startedAt = event.at
      if (event.kind === 'output') {
        const key = `${event.step}@${event.host}`
        const kept = outputs.get(key) ?? new KeptOutput()
        outputs.set(key, kept)
        kept.push(event.text)
      }
      if (event.kind !== 'run-ended') return
      const durationMs = Date.parse(event.at) - Date.parse(startedAt)
      write({ state, startedAt, durationMs, steps: stepsOf(state, outputs) })
    },
  }
}

function stepsOf(
  state: RunState,
  outputs: ReadonlyMap<string, KeptOutput>,
): readonly ReportedStep[] {
  return state.outline.flatMap(({ step, host, title, file, line }) => {
    const key = `${step}@${host}`
    const progress = state.steps.get(key)
    return progress ? [{ progress, output: outputs.get(key)?.text() ?? '', title, file, line }] : []
  })
}

/** Steps of the plan that were never started. */
export function notStarted({ outline, steps }: RunState): RunState['outline'] {
  return outline.filter(({ step, host }) => !steps.has(`${step}@${host}`))
}
