/**
 * Builds a page's record from the events of a run. Pure; the events are already masked, as in the
 * journal.
 */

import { named, valueOf } from '../model/named.ts'
import { platformOf, type RecordedFacts } from '../model/host.ts'
import type { CommandRecord, DeviationRecord, RunbookRecord, StepRecord } from '../model/record.ts'
import type { StampedEvent } from '../model/run-event.ts'
import { isDone } from '../model/step-status.ts'
import { type Runbook, stepAddress } from '../model/runbook.ts'
import type { Step } from '../model/step.ts'
import { KeptOutput } from '../run/kept-output.ts'
import { stepHash } from '../plan/content-hash.ts'

interface CommandNotes {
  readonly output: KeptOutput
  readonly stderr: KeptOutput
  exit: number
  durationMs: number
}

interface StepNotes {
  readonly step: Step | undefined
  readonly runbook: Runbook | undefined
  readonly commands: CommandNotes[]
  isOver: boolean
  record: StepRecord | undefined
}

/** Collects the output of a run's steps; feed it every event. */
export class RecordNotes {
  /** By address and variant. */
  readonly #known = new Map<string, Pick<StepNotes, 'step' | 'runbook'>>()
  readonly #steps = new Map<string, StepNotes>()
  /**
   * Times at which a person ran an edited step, by step and host; kept even if the page's own step
   * ran after it.
   */
  readonly #deviations = new Map<string, string>()

  constructor(runbooks: readonly Runbook[]) {
    for (const runbook of runbooks) {
      for (const step of runbook.steps) {
        const key = variantKey(stepAddress(runbook, step), step.variant?.label)
        if (!this.#known.has(key)) this.#known.set(key, { step, runbook })
      }
    }
  }

  handle(event: StampedEvent): void {
    switch (event.kind) {
      case 'step-started': {
        const before = this.#steps.get(keyOf(event))
        this.#steps.set(keyOf(event), {
          ...(this.#known.get(variantKey(event.step, event.variant)) ?? unknownStep),
          // An interrupted step continues at the command that had not ended.
          commands: before && !before.isOver ? before.commands : [],
          isOver: false,
          record: undefined,
        })
        break
      }
      case 'command-started':
        this.#notes(event).commands.splice(event.index, Infinity, {
          output: new KeptOutput(),
          stderr: new KeptOutput(),
          exit: 0,
          durationMs: 0,
        })
        break
      case 'output': {
        const command = this.#notes(event).commands[event.index]
        if (event.stream === 'stderr') command?.stderr.push(event.text)
        else command?.output.push(event.text)
        break
      }
      case 'command-ended': {
        const command = this.#notes(event).commands[event.index]
        if (command) Object.assign(command, { exit: event.exit, durationMs: event.durationMs })
        break
      }
      case 'step-ended': {
        const notes = this.#notes(event)
        notes.isOver = true
        if (event.deviation) this.#deviations.set(keyOf(event), event.at)
        const status = recordedStatus(event)
        if (!notes.step || !notes.runbook || status === undefined || event.deviation) break
        notes.record = {
          hash: stepHash(notes.runbook, notes.step),
          at: event.at,
          status,
          durationMs: event.durationMs,
          variant: notes.step.variant?.label,
          differs: event.diff !== undefined && status === 'passed' ? true : undefined,
          commands: notes.commands.map(commandRecord),
        }
        break
      }
      case 'run-started':
      case 'host-connected':
      case 'host-lost':
      case 'command-silent':
      case 'host-back':
      case 'check-answered':
      case 'run-ended':
        break
      default:
        throw new Error(`unreachable: ${JSON.stringify(event satisfies never)}`)
    }
  }

  /** The results of a page's steps on a host, by id; the last event of an id wins. */
  stepsOf(runbook: Runbook, host: string): Readonly<Record<string, StepRecord>> {
    const found = runbook.steps.flatMap((step) => {
      const record = this.#steps.get(`${stepAddress(runbook, step)}@${host}`)?.record
      return record ? [[step.id, record] as const] : []
    })
    return named(found)
  }

  /** Times at which steps of a page were edited on a host, by id. */
  deviationsOf(runbook: Runbook, host: string): Readonly<Record<string, string>> {
    const found = runbook.steps.flatMap((step) => {
      const at = this.#deviations.get(`${stepAddress(runbook, step)}@${host}`)
      return at === undefined ? [] : [[step.id, at] as const]
    })
    return named(found)
  }

  #notes(event: { readonly step: string; readonly host: string }): StepNotes {
    const notes = this.#steps.get(keyOf(event))
    if (!notes) throw new Error(`unreachable: ${event.step} never started on ${event.host}`)
    return notes
  }
}

const unknownStep = { step: undefined, runbook: undefined }

function variantKey(address: string, label: string | null | undefined): string {
  return `${address} ${label ?? ''}`
}

/** A step's status in a record; `undefined`: the result says nothing about the page. */
function recordedStatus({
  status,
  reason,
}: StampedEvent & { readonly kind: 'step-ended' }): StepRecord['status'] | undefined {
  if (status !== 'skipped' && isDone(status)) return status
  return reason === 'equal' || reason === 'already-done' ? 'skipped' : undefined
}

function keyOf({ step, host }: { readonly step: string; readonly host: string }): string {
  return `${step}@${host}`
}

function commandRecord({ output, stderr, exit, durationMs }: CommandNotes): CommandRecord {
  const truncated = output.truncated || stderr.truncated ? true : undefined
  const errors = stderr.text()
  return {
    exit,
    durationMs,
    output: output.text(),
    stderr: errors === '' ? undefined : errors,
    truncated,
  }
}

export interface RecordedRun {
  readonly run: string
  readonly tool: string
  /** ISO 8601, UTC. */
  readonly at: string
  readonly host: {
    readonly name: string
    readonly facts: RecordedFacts
    readonly hostKey: string | null
  }
  readonly steps: Readonly<Record<string, StepRecord>>
  /** Times at which a person ran an edited step, by step id. */
  readonly edited: Readonly<Record<string, string>>
}

/**
 * Builds the record of a page after a run. A step skipped as done keeps its earlier output if its
 * content is unchanged. An edited step keeps its older result, and the record lists the deviation
 * until the step runs again as written.
 */
export function buildRecord(
  runbook: Runbook,
  { run, tool, at, host, steps, edited }: RecordedRun,
  before: RunbookRecord | undefined,
): RunbookRecord {
  const ids = new Set(runbook.steps.map(({ id }) => id))
  const kept = Object.entries(steps).map(([id, step]) => {
    const old = before && valueOf(before.steps, id)
    const isSame = old?.hash === step.hash
    return [
      id,
      step.status === 'skipped' && isSame ? { ...old, variant: step.variant } : step,
    ] as const
  })
  const old = Object.entries(before?.steps ?? {}).filter(
    ([id]) => ids.has(id) && valueOf(steps, id) === undefined,
  )
  const open = Object.entries(before?.deviations ?? {}).filter(
    ([id]) => ids.has(id) && valueOf(steps, id) === undefined,
  )
  const own = Object.entries(edited).map(([id, editedAt]) => [id, { at: editedAt, run }] as const)
  const deviations = named<DeviationRecord>([...open, ...own])
  return {
    v: 1,
    runbook: runbook.file.split('/').at(-1) ?? runbook.file,
    platform: platformOf(host.facts),
    at,
    run,
    tool,
    host: {
      name: host.name,
      os: host.facts.osName,
      arch: host.facts.arch,
      kernel: host.facts.kernel,
      bash: host.facts.bash,
      hostKey: host.hostKey,
    },
    steps: named([...old, ...kept]),
    deviations: Object.keys(deviations).length === 0 ? undefined : deviations,
  }
}

/**
 * Adds the outputs of a second run of the same steps, where they differ.
 *
 * @returns The record, and the number of commands with a different output.
 */
export function withSecondRun(
  record: RunbookRecord,
  second: Readonly<Record<string, StepRecord>>,
): { readonly record: RunbookRecord; readonly differing: number } {
  let differing = 0
  const steps = Object.entries(record.steps).map(([id, first]) => {
    const other = valueOf(second, id)
    if (other?.hash !== first.hash || other.variant !== first.variant) return [id, first] as const
    const commands = first.commands.map((command, index): CommandRecord => {
      const again = other.commands[index]?.output
      if (again === undefined || again === command.output) return command
      differing++
      return { ...command, again }
    })
    return [id, { ...first, commands }] as const
  })
  return { record: { ...record, steps: named(steps) }, differing }
}
