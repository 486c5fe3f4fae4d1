/** A page by the engine alone: nothing is journaled, shown or recorded. */

import type { RunEvent } from '../../src/model/run-event.ts'
import type { Runbook } from '../../src/model/runbook.ts'
import { bindLanes, readHostFlag } from '../../src/plan/bind-roles.ts'
import { planRun } from '../../src/plan/plan-run.ts'
import { resolveVariables } from '../../src/plan/resolve-variables.ts'
import { selectSteps } from '../../src/plan/select-steps.ts'
import type { EarlierLife } from '../../src/run/earlier-life.ts'
import { executePlan } from '../../src/run/execute-plan.ts'
import type { Clock, HostSession, Prompt } from '../../src/run/ports.ts'
import { oneByOne, type RunOptions, type RunPorts } from '../../src/run/run-options.ts'

export interface World {
  /** Takes the events, where they are too much to be gathered. */
  readonly emit?: RunPorts['emit']
  readonly options?: Partial<RunOptions>
  readonly clock: Clock
  readonly prompt: Prompt
  /** What an error of the session means. Default: a fault of ours. */
  readonly hostFailure?: RunPorts['hostFailure']
  /** Default: the home folder. */
  readonly startDir?: RunPorts['startDir']
  readonly onSecret?: RunPorts['onSecret']
  /** As `--tag`. */
  readonly tags?: readonly string[]
  /** The run before it was cut off. */
  readonly before?: EarlierLife
}

/**
 * @param sessions Of the hosts; a page that names no host runs on the first.
 * @returns What the run told, where nothing else takes it.
 */
export async function runOn(
  sessions: readonly [HostSession, ...HostSession[]],
  runbook: Runbook,
  world: World,
): Promise<readonly RunEvent[]> {
  const hosts = runbook.roles.length > 0 ? [] : [readHostFlag(sessions[0].name)]
  const [bindings] = bindLanes([runbook], hosts, {})
  if (!bindings) throw new Error('there is one lane')
  const byName = new Map(sessions.map((session) => [session.name, session]))
  const selection = { from: undefined, to: undefined, only: [], tags: world.tags ?? [] }
  const plan = planRun({
    runbooks: [runbook],
    bindings,
    hosts: byName,
    required: new Map(),
    onlyIfMissing: new Set(),
    hasPassed: () => false,
    answers: new Map(),
    isSelected: selectSteps([runbook], selection),
  })
  const given = { project: {}, varsFile: {}, environment: {}, flags: {} }
  const lane = { plan, variables: resolveVariables([runbook], given) }
  const events: RunEvent[] = []
  const ports = {
    emit: world.emit ?? ((event: RunEvent) => void events.push(event)),
    sessions: byName,
    clock: world.clock,
    prompt: world.prompt,
    signal: new AbortController().signal,
    hostFailure: world.hostFailure ?? (() => undefined),
    startDir: world.startDir ?? (() => undefined),
    onSecret: world.onSecret ?? (() => {}),
  }
  const options = { ...plainOptions, ...world.options }
  await executePlan([lane], { run: 'r', tool: 't' }, options, ports, world.before)
  return events
}

const plainOptions: RunOptions = {
  lang: 'en',
  stepwise: false,
  yes: false,
  allowDanger: false,
  keepGoing: false,
  update: false,
  timeoutMs: undefined,
  fleet: oneByOne,
}
