/**
 * Creates the contexts of a lane's steps and holds their shared state: positions of shells, passed
 * steps, background processes.
 */

import type { PlannedStep } from '../plan/plan-run.ts'
import type { EarlierLife } from './earlier-life.ts'
import { enterPage, shellKey } from './enter-page.ts'
import type { BackgroundProcess, EarlierPlace, HostSession } from './ports.ts'
import type { RunOptions, RunPorts } from './run-options.ts'
import type { StepContext } from './step-context.ts'
import type { RunVariables } from './variables.ts'

interface Background {
  readonly session: HostSession
  readonly process: BackgroundProcess
  readonly stop: string
}

/** State shared by all lanes of a run. */
export interface LaneContext {
  readonly run: string
  readonly options: RunOptions
  readonly ports: RunPorts
  readonly before: EarlierLife
  /** Hosts used by more than one lane. */
  readonly sharedHosts: ReadonlySet<string>
}

export class StepContexts {
  readonly #lane: LaneContext
  readonly #variables: RunVariables
  readonly #passed = new Map<string, Set<string>>()
  readonly #entered = new Map<string, string>()
  readonly #taken = new Set<string>()
  /** Shells from before a resume that are not attached yet. */
  readonly #places: Map<string, EarlierPlace>
  readonly #background: Background[] = []

  constructor(lane: LaneContext, variables: RunVariables) {
    this.#lane = lane
    this.#variables = variables
    this.#places = new Map(lane.before.shells)
  }

  /** @param isCleanUp - Clean-up does not continue interrupted work. */
  of(planned: PlannedStep, isCleanUp: boolean): StepContext {
    const { run, options, ports, before, sharedHosts } = this.#lane
    const session = sessionOf(planned, ports)
    const context: StepContext = {
      planned,
      open: this.#taken.has(keyOf(planned)) ? undefined : before.open.get(keyOf(planned)),
      wasLost: before.lost.has(keyOf(planned)) && !planned.step.always && !planned.step.retry,
      session,
      variables: this.#variables,
      options,
      ports: isCleanUp ? { ...ports, signal: new AbortController().signal } : ports,
      passedSteps: this.#passedOn(planned.host),
      run,
      onBackground: (process, stop) => {
        const kept = { session, process, stop }
        this.#background.push(kept)
        return () => this.#background.splice(this.#background.indexOf(kept), 1)
      },
      enter: () => enterPage(context, this.#entered, before.shells.has(shellKey(context))),
      findShell: async () => {
        const place = this.#places.get(shellKey(context))
        this.#places.delete(shellKey(context))
        if (place) await session.openAt(place)
      },
      sharesHost: sharedHosts.has(planned.host),
    }
    return context
  }

  /** State from before a resume applies only to the step's first attempt. */
  setTaken(planned: PlannedStep): void {
    this.#taken.add(keyOf(planned))
  }

  /** Before a resume, the step's shell was already in its page's folder. */
  setEntered(context: StepContext): void {
    this.#entered.set(shellKey(context), context.planned.runbook.file)
  }

  setPassed({ step, address, host }: PlannedStep): void {
    this.#passedOn(host).add(step.id).add(address)
  }

  /** Stops the processes in reverse order of their start. */
  async stopBackground(): Promise<void> {
    for (const { session, process, stop } of this.#background.toReversed()) {
      await session.stopBackground(process, stop).catch((error: unknown) => {
        if (!this.#lane.ports.hostFailure(error)) throw error
      })
    }
  }

  #passedOn(host: string): Set<string> {
    const passed = this.#passed.get(host) ?? new Set()
    this.#passed.set(host, passed)
    return passed
  }
}

/** `PAGE#ID@HOST` */
export function keyOf({ address, host }: PlannedStep): string {
  return `${address}@${host}`
}

function sessionOf({ host }: PlannedStep, { sessions }: RunPorts): HostSession {
  const session = sessions.get(host)
  if (!session) throw new Error(`unreachable: no session for ${host}`)
  return session
}
