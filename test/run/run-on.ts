/** A page on one host by the engine alone: nothing is journaled, shown or recorded. */

import type { RunEvent } from '../../src/model/run-event.ts'
import type { Runbook } from '../../src/model/runbook.ts'
import { bindLanes, readHostFlag } from '../../src/plan/bind-roles.ts'
import { planRun } from '../../src/plan/plan-run.ts'
import { resolveVariables } from '../../src/plan/resolve-variables.ts'
import { executePlan } from '../../src/run/execute-plan.ts'
import type { Clock, HostSession, Prompt } from '../../src/run/ports.ts'
import { oneByOne, type RunOptions, type RunPorts } from '../../src/run/run-options.ts'

export interface World {
  readonly options?: Partial<RunOptions>
  readonly clock: Clock
  readonly prompt: Prompt
  /** What an error of the session means. Default: a fault of ours. */
  readonly hostFailure?: RunPorts['hostFailure']
}

export function runOn(
  session: HostSession,
  runbook: Runbook,
  { options, clock, prompt, hostFailure = () => undefined }: World,
): AsyncGenerator<RunEvent, void> {
  const [bindings] = bindLanes([runbook], [readHostFlag(session.name)], {})
  if (!bindings) throw new Error('there is one lane')
  const sessions = new Map([[session.name, session]])
  const plan = planRun({
    runbooks: [runbook],
    bindings,
    hosts: sessions,
    required: new Map(),
    onlyIfMissing: new Set(),
    hasPassed: () => false,
    answers: new Map(),
    isSelected: () => true,
  })
  const given = { project: {}, varsFile: {}, environment: {}, flags: {} }
  const lane = { plan, variables: resolveVariables([runbook], given) }
  const ports = {
    sessions,
    clock,
    prompt,
    signal: new AbortController().signal,
    hostFailure,
    startDir: () => undefined,
    onSecret: () => {},
  }
  return executePlan([lane], { run: 'r', tool: 't' }, { ...plainOptions, ...options }, ports)
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
