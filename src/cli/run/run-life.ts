import type { RunOptions } from '../../run/run-options.ts'
import { messages } from '../host/messages.ts'
import type { RunRequest } from '../../journal/run-request.ts'
import { newRunId } from '../../journal/run-id.ts'
import type { StampedEvent } from '../../model/run-event.ts'
import type { Plan } from '../../plan/plan-run.ts'
import type { HostSession } from '../../run/ports.ts'
import { TransportError } from '../../transport/transport.ts'

/** A run that begins, or one that goes on: each start of the program is one life of its run. */
export interface RunLife {
  readonly run: string
  /** Events of its earlier lives; empty for a new run. */
  readonly before: readonly StampedEvent[]
  /** Identity of its hosts in its first life, by name. */
  readonly machines: RunRequest['machines']
  /** What becomes of a step that an earlier life has lost. Default: a person is asked. */
  readonly lost?: RunOptions['lost']
  /** Replaces the pages' own order (`undo`). */
  readonly changePlan?: (plan: Plan) => Plan
  /** The run that this one takes back. */
  readonly undoes?: string
}

export function newLife(): RunLife {
  return { run: newRunId(new Date()), before: [], machines: {} }
}

/** @throws {TransportError} Where another machine answers to a name: it has no state of the run. */
export function refuseOtherMachines(
  sessions: ReadonlyMap<string, HostSession>,
  machines: RunRequest['machines'],
): void {
  for (const [name, { facts, hostKey }] of sessions) {
    // A host may be called `constructor`.
    const then = Object.hasOwn(machines, name) ? machines[name] : undefined
    if (!then || (then.machineId === facts.machineId && then.hostKey === hostKey)) continue
    throw new TransportError('config', name, messages.anotherMachine(name))
  }
}
