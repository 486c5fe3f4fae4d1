/** Predicts what a plan's file steps would change: reads from the hosts and writes nothing. */

import type { Lang } from '../../model/message.ts'
import type { Runbook } from '../../model/runbook.ts'
import type { PlannedStep } from '../../plan/plan-run.ts'
import type { FileForecast } from '../../run/file-change.ts'
import { forecastFile } from '../../run/file-forecast.ts'
import type { HostSession } from '../../run/ports.ts'
import { fileAccess } from '../../run/run-file-step.ts'
import type { Lane } from '../../run/run-lane.ts'
import { RunVariables } from '../../run/variables.ts'
import { knownSecrets } from '../known-secrets.ts'
import { hostFailure, startDirOf } from '../host/open-hosts.ts'

export interface PlanFilesOptions {
  readonly run: string
  readonly lang: Lang
  /** Overrides each step's own timeout. */
  readonly timeoutMs: number | undefined
}

/**
 * For each step that would run and change a file; read as the step's user, after the earlier steps'
 * changes.
 */
export async function forecastFiles(
  lanes: readonly Lane[],
  sessions: ReadonlyMap<string, HostSession>,
  options: PlanFilesOptions,
): Promise<ReadonlyMap<PlannedStep, FileForecast>> {
  const ofLanes = await Promise.all(lanes.map((lane) => ofLane(lane, sessions, options)))
  return new Map(ofLanes.flat())
}

async function ofLane(
  { plan, variables: { values, secrets } }: Lane,
  sessions: ReadonlyMap<string, HostSession>,
  options: PlanFilesOptions,
): Promise<readonly (readonly [PlannedStep, FileForecast])[]> {
  const variables = new RunVariables(values, secrets, () => {})
  const planned = new Map<string, Map<string, string>>()
  /** Hosts on which an earlier command of the page runs. */
  const used = new Set<string>()
  const found: (readonly [PlannedStep, FileForecast])[] = []
  for (const each of plan.steps) {
    const session = sessions.get(each.host)
    if (each.verdict !== 'run' || !session) continue
    const files = planned.get(each.host) ?? new Map<string, string>()
    planned.set(each.host, files)
    const isAfterSteps = used.has(each.host)
    const forecast = await ofStep(each, { session, variables, files, isAfterSteps, options })
    if (forecast) found.push([each, forecast])
    else if (each.step.kind !== 'manual') used.add(each.host)
  }
  return found
}

interface Situation {
  readonly session: HostSession
  readonly variables: RunVariables
  readonly files: Map<string, string>
  readonly isAfterSteps: boolean
  readonly options: PlanFilesOptions
}

async function ofStep(
  planned: PlannedStep,
  { session, variables, files, isAfterSteps, options }: Situation,
): Promise<FileForecast | undefined> {
  const { step, runbook, host } = planned
  if (step.kind !== 'file' && step.kind !== 'patch') return undefined
  const { run, lang } = options
  const access = fileAccess({ planned, session, run, options })
  try {
    const forecast = await forecastFile(step, access, {
      values: variables.ofPage(runbook),
      isSecret: (name) => variables.isSecret(name),
      lang,
      path: placeOf(step.path, runbook, host),
      planned: files,
      isAfterSteps,
    })
    if (forecast.kind !== 'changes' || forecast.diff === undefined) return forecast
    return { ...forecast, diff: knownSecrets.text(forecast.diff) }
  } catch (error) {
    const failure = hostFailure(error)
    if (!failure) throw error
    return { kind: 'unknown', why: failure.message[lang] }
  }
}

/** A run enters the page's folder; a plan does not. */
function placeOf(path: string, runbook: Runbook, host: string): string {
  if (path.startsWith('/')) return path
  const dir = startDirOf(runbook, host)
  if (dir === undefined) return path
  return `${dir}/${path}`
}
