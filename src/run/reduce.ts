/**
 * Folds the events of a run into its state.
 *
 * The terminal, the journal's reader and the site share `reduce`, so they cannot disagree.
 */

import type { CheckAnswer } from '../model/check.ts'
import type { Counts, Reason, RunEvent, RunHost, StepOutline } from '../model/run-event.ts'
import type { RunStatus, StepStatus } from '../model/step-status.ts'

export interface CommandState {
  readonly text: string
  readonly exit: number | undefined
  readonly durationMs: number | undefined
}

export interface StepProgress {
  readonly step: string
  readonly host: string
  readonly variant: string | null
  readonly status: StepStatus | 'running'
  readonly reason: Reason | null
  readonly message: string
  readonly durationMs: number
  readonly diff: string | undefined
  /** A person edited the step. */
  readonly isDeviation: boolean
  /** First differing line of the expected text, from 1. */
  readonly expectedLine: number | undefined
  /** The last answer to each of the step's checks, by its text. */
  readonly answers: ReadonlyMap<string, CheckAnswer>
  readonly commands: readonly CommandState[]
}

export interface RunState {
  readonly run: string
  readonly hosts: readonly RunHost[]
  /** The planned steps, in order. */
  readonly outline: readonly StepOutline[]
  /** In order of their start, keyed `PAGE#ID@HOST`. */
  readonly steps: ReadonlyMap<string, StepProgress>
  readonly ended:
    | { readonly status: RunStatus; readonly counts: Counts; readonly exit: number }
    | undefined
}

export const initialState: RunState = {
  run: '',
  hosts: [],
  outline: [],
  steps: new Map(),
  ended: undefined,
}

export function reduce(state: RunState, event: RunEvent): RunState {
  switch (event.kind) {
    case 'run-started':
      return {
        ...state,
        run: event.run,
        hosts: event.hosts,
        outline: event.steps,
        ended: undefined,
      }
    case 'step-started': {
      const before = state.steps.get(`${event.step}@${event.host}`)
      return withStep(state, event, {
        step: event.step,
        host: event.host,
        variant: event.variant,
        status: 'running',
        reason: null,
        message: '',
        durationMs: 0,
        diff: undefined,
        isDeviation: false,
        expectedLine: undefined,
        answers: new Map(),
        // An interrupted step continues at the command that had not ended.
        commands: before?.status === 'running' ? before.commands : [],
      })
    }
    case 'command-started': {
      const step = stepOf(state, event)
      const command = { text: event.text, exit: undefined, durationMs: undefined }
      return withStep(state, event, {
        ...step,
        commands: step.commands.slice(0, event.index).concat(command),
      })
    }
    case 'command-ended': {
      const step = stepOf(state, event)
      const { exit, durationMs, index } = event
      const commands = step.commands.map((command, at) =>
        at === index ? { ...command, exit, durationMs } : command,
      )
      return withStep(state, event, { ...step, commands })
    }
    case 'step-ended': {
      const { status, reason, message, durationMs, diff, deviation = false, expectedLine } = event
      return withStep(state, event, {
        ...stepOf(state, event),
        status,
        reason,
        message,
        durationMs,
        diff,
        isDeviation: deviation,
        expectedLine,
      })
    }
    case 'check-answered': {
      const { check, holds, actual } = event
      const step = state.steps.get(`${event.step}@${event.host}`)
      if (!step) return state
      const answers = new Map([...step.answers, [check, { check, holds, actual }]])
      return withStep(state, event, { ...step, answers })
    }
    case 'run-ended':
      return { ...state, ended: { status: event.status, counts: event.counts, exit: event.exit } }
    case 'host-connected':
    case 'host-lost':
    case 'host-back':
    case 'command-silent':
    case 'output':
      return state
    default:
      return event satisfies never
  }
}

interface OfStep {
  readonly step: string
  readonly host: string
}

function stepOf(state: RunState, { step, host }: OfStep): StepProgress {
  const found = state.steps.get(`${step}@${host}`)
  if (!found) throw new Error(`unreachable: ${step} never started on ${host}`)
  return found
}

function withStep(state: RunState, { step, host }: OfStep, progress: StepProgress): RunState {
  return { ...state, steps: new Map([...state.steps, [`${step}@${host}`, progress]]) }
}

/** The planned steps that have ended, in the plan's order. */
export function endedSteps({ outline, steps }: RunState): readonly StepProgress[] {
  return outline.flatMap(({ step, host }) => {
    const progress = steps.get(`${step}@${host}`)
    return progress && progress.status !== 'running' ? [progress] : []
  })
}
