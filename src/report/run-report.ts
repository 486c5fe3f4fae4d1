/** A completed run, for reports that are written at its end. */

import type { StampedEvent } from '../model/run-event.ts'
import { initialState, reduce, type RunState, type StepProgress } from '../run/reduce.ts'
import { StepOutputs } from '../run/step-outputs.ts'
import { type Timeline, TimelineNotes } from '../timeline/timeline.ts'
import type { Reporter } from './reporter.ts'

/** One step on one host, with its output. */
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
  readonly timeline: Timeline
}

export interface WholeRunOptions {
  readonly write: (text: string) => void
  /** Events of the run before it was resumed. */
  readonly before: readonly StampedEvent[]
}

/** Writes once, at the end. */
export function wholeRunReporter(
  { write, before }: WholeRunOptions,
  render: (report: RunReport) => string,
): Reporter {
  const outputs = new StepOutputs()
  const times = new TimelineNotes()
  let state = initialState
  let startedAt = ''
  let at = ''
  const handle = (event: StampedEvent) => {
    state = reduce(state, event)
    outputs.handle(event)
    times.take(event)
    if (event.kind === 'run-started') startedAt = event.at
    at = event.at
  }
  for (const event of before) handle(event)
  return {
    handle,
    end() {
      const durationMs = Date.parse(at) - Date.parse(startedAt)
      const steps = stepsOf(state, outputs)
      write(render({ state, startedAt, durationMs, steps, timeline: times.timeline() }))
    },
  }
}

function stepsOf(state: RunState, outputs: StepOutputs): readonly ReportedStep[] {
  return state.outline.flatMap(({ step, host, title, file, line }) => {
    const progress = state.steps.get(`${step}@${host}`)
    return progress ? [{ progress, output: outputs.of(step, host), title, file, line }] : []
  })
}

/** Planned steps that never started. */
export function notStarted({ outline, steps }: RunState): RunState['outline'] {
  return outline.filter(({ step, host }) => !steps.has(`${step}@${host}`))
}
