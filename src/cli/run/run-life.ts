import type { RunOptions } from '../../run/run-options.ts'
import { messages } from '../host/messages.ts'
import type { RunRequest } from '../../journal/run-request.ts'
import { newRunId } from '../../journal/run-id.ts'
import type { StampedEvent } from '../../model/run-event.ts'
import type { Plan } from '../../plan/plan-run.ts'
import type { HostSession } from '../../run/ports.ts'
import { TransportError } from '../../transport/transport.ts'

/** One process of a run: its first, or a resumed one. */
export interface RunLife {
  readonly run: string
  /** Events from before a resume; empty for a new run. */
  readonly before: readonly StampedEvent[]
  /** Identities of its hosts when the run began, by name. */
  readonly machines: RunRequest['machines']
  /** What to do with a step whose result was lost before a resume. Default: ask a person. */
  readonly lost?: RunOptions['lost']
  /** Replaces the pages' own order (`undo`). */
  readonly changePlan?: (plan: Plan) => Plan
  /** The run that this one undoes. */
  readonly undoes?: string
}

export function newLife(): RunLife {
  return { run: newRunId(new Date()), before: [], machines: {} }
}

/**
 * @throws {TransportError} If a name now leads to another machine, which has no state of the run.
 */
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
