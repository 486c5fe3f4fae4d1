import type { Check, CheckAnswer } from '../model/check.ts'
import type { Runbook } from '../model/runbook.ts'
import { type HostName, hostOf } from '../plan/bind-roles.ts'
import { type Plan, planRun, upFrontChecks } from '../plan/plan-run.ts'
import type { Values } from '../plan/resolve-variables.ts'
import { askChecks } from '../run/ask.ts'
import type { HostSession } from '../run/ports.ts'
import { passedRuns } from '../journal/passed-runs.ts'
import { runsFolder } from './project.ts'
import type { PreparedRun } from './prepare-run.ts'

/** The hosts that the wanted steps and the pages' own conditions need. */
export function neededHosts({ runbooks, bindings, isSelected }: PreparedRun): readonly HostName[] {
  const names = runbooks.flatMap((runbook) => hostsOf(runbook, bindings, isSelected))
  return [...new Set(names)]
}

function hostsOf(
  runbook: Runbook,
  bindings: PreparedRun['bindings'],
  isSelected: PreparedRun['isSelected'],
): readonly HostName[] {
  const bound = bindings.get(runbook) ?? new Map()
  const first = bound.get(runbook.roles[0]?.name ?? '')
  const ofSteps = runbook.steps
    .filter((step) => isSelected(runbook, step))
    .map((step) => hostOf(runbook, step, bound))
  return first === undefined ? ofSteps : [first, ...ofSteps]
}

/** Asks every host its checks, one round trip each, and plans. Changes nothing. */
export async function makePlan(
  prepared: PreparedRun,
  values: Values,
  sessions: ReadonlyMap<HostName, HostSession>,
): Promise<Plan> {
  const asked = upFrontChecks(prepared)
  const answers = await Promise.all(
    [...sessions].map(async ([name, session]) => {
      const checks = asked.get(name) ?? []
      const given = await askChecks(session, checks, {
        user: undefined,
        values,
        known: { passedSteps: new Set() },
      })
      const byCheck = new Map<Check, CheckAnswer>()
      for (const [index, check] of checks.entries()) {
        const answer = given[index]
        if (answer) byCheck.set(check, answer)
      }
      return [name, byCheck] as const
    }),
  )
  return planRun({
    ...prepared,
    hosts: sessions,
    answers: new Map(answers),
    hasPassed: passedRuns(runsFolder(prepared.project)),
  })
}
