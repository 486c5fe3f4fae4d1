import { passedRuns } from '../../journal/passed-runs.ts'
import type { Check, CheckAnswer } from '../../model/check.ts'
import type { Runbook } from '../../model/runbook.ts'
import { type HostName, hostOf, type LaneBindings } from '../../plan/bind-roles.ts'
import { planRun, upFrontChecks } from '../../plan/plan-run.ts'
import type { ResolvedVariables, Values } from '../../plan/resolve-variables.ts'
import { askChecks } from '../../run/ask.ts'
import type { HostSession } from '../../run/ports.ts'
import type { Lane } from '../../run/run-lane.ts'
import { knownSecrets } from '../known-secrets.ts'
import type { PreparedRun } from './prepare-run.ts'
import { runsFolder } from '../project.ts'

/** The hosts that the selected steps and the pages' own conditions need. */
export function neededHosts({ runbooks, lanes, isSelected }: PreparedRun): readonly HostName[] {
  const names = lanes.flatMap((lane) =>
    runbooks.flatMap((runbook) => hostsOf(runbook, lane, isSelected)),
  )
  return [...new Set(names)]
}

function hostsOf(
  runbook: Runbook,
  lane: LaneBindings,
  isSelected: PreparedRun['isSelected'],
): readonly HostName[] {
  const bound = lane.get(runbook) ?? new Map()
  const first = bound.get(runbook.roles[0]?.name ?? '')
  const ofSteps = runbook.steps
    .filter((step) => isSelected(runbook, step))
    .map((step) => hostOf(runbook, step, bound))
  return first === undefined ? ofSteps : [first, ...ofSteps]
}

/** Whether a host may be asked a check. */
export type MayAsk = (check: Check, host: HostName) => boolean

/** Asks every host its checks, one round trip each, and plans each lane. */
export async function planLanes(
  prepared: PreparedRun,
  variables: readonly ResolvedVariables[],
  sessions: ReadonlyMap<HostName, HostSession>,
  mayAsk: MayAsk = () => true,
): Promise<readonly Lane[]> {
  const hasPassed = passedRuns(runsFolder(prepared.project))
  return Promise.all(
    prepared.lanes.map(async (bindings, index) => {
      const resolved = variables[index]
      if (!resolved) throw new Error('unreachable: every lane has its variables')
      const input = { ...prepared, bindings, hasPassed }
      const asked = upFrontChecks(input)
      const names = new Set(
        prepared.runbooks.flatMap((runbook) => hostsOf(runbook, bindings, prepared.isSelected)),
      )
      const hosts = new Map([...sessions].filter(([name]) => names.has(name)))
      const answers = await Promise.all(
        [...hosts].map(async ([name, session]) => {
          const checks = asked.get(name) ?? []
          const given = await askOne(
            session,
            checks.filter((check) => mayAsk(check, name)),
            resolved.values,
          )
          for (const check of checks) if (!given.has(check)) given.set(check, unasked(check))
          return [name, given] as const
        }),
      )
      return { plan: planRun({ ...input, hosts, answers: new Map(answers) }), variables: resolved }
    }),
  )
}

function unasked({ text }: Check): CheckAnswer {
  return { check: text, holds: false, actual: 'not asked', isUnasked: true }
}

async function askOne(
  session: HostSession,
  checks: readonly Check[],
  values: Values,
): Promise<Map<Check, CheckAnswer>> {
  const asking = { user: undefined, values, known: { passedSteps: new Set<string>() } }
  const given = await askChecks(session, checks, asking)
  const answers = new Map<Check, CheckAnswer>()
  for (const [index, check] of checks.entries()) {
    const answer = given[index]
    if (answer) answers.set(check, { ...answer, actual: knownSecrets.text(answer.actual) })
  }
  return answers
}
