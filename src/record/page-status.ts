import { valueOf } from '../model/named.ts'
import type { RunbookRecord, StepState } from '../model/record.ts'
import type { Runbook } from '../model/runbook.ts'
import type { Step } from '../model/step.ts'
import { judgeStep } from './judge-step.ts'
import { recordedStep } from './recorded-step.ts'

export type PlatformState = 'verified' | 'partial' | 'changed' | 'stale' | 'contradicted' | 'never'

/** The state of a page on one platform. */
export interface PlatformStatus {
  readonly platform: string
  readonly state: PlatformState
  readonly at: string
  readonly host: string
  readonly steps: { readonly total: number; readonly verified: number }
  readonly stale: readonly string[]
  readonly changed: readonly string[]
  readonly contradicted: readonly string[]
  /** Verified steps that no recorded run executed: their checks held. */
  readonly byChecks: readonly string[]
  /** Verified steps behind a stale one: they ran after what it was before. */
  readonly unproven: readonly string[]
  /** When the step that was verified longest ago was; `at` if none was. ISO 8601, UTC. */
  readonly oldest: string
  /** Steps that a person edited in a recorded run. */
  readonly edited: readonly string[]
}

/** One entry per record; a code group counts as one step, by its recorded variant. */
export function pageStatus(
  runbook: Runbook,
  records: readonly RunbookRecord[],
): readonly PlatformStatus[] {
  return records.map((record) => {
    const judged = stepsOn(runbook, record).map((step) => {
      const recorded = recordedStep(runbook, step, record)
      return { id: step.id, recorded, state: judgeStep(runbook, step, recorded) }
    })
    const counted = judged.filter(({ state }) => state !== 'manual')
    const ids = (state: StepState) =>
      judged.filter((each) => each.state === state).map(({ id }) => id)
    const [stale, changed, contradicted] = [ids('stale'), ids('changed'), ids('contradicted')]
    const verified = judged.filter((each) => each.state === 'verified')
    const steps = { total: counted.length, verified: verified.length }
    const firstStale = judged.findIndex((each) => each.state === 'stale')
    const behind = firstStale < 0 ? [] : judged.slice(firstStale)
    const times = verified.flatMap(({ recorded }) => recorded?.at ?? [])
    const state = stateOf({ stale, changed, contradicted }, steps)
    return {
      platform: record.platform,
      state,
      at: record.at,
      host: record.host.name,
      steps,
      stale,
      changed,
      contradicted,
      byChecks: verified
        .filter(({ recorded }) => recorded?.status === 'skipped')
        .map(({ id }) => id),
      unproven: behind.filter((each) => each.state === 'verified').map(({ id }) => id),
      oldest: times.toSorted()[0] ?? record.at,
      edited: Object.keys(record.deviations ?? {}).filter((id) =>
        runbook.steps.some((step) => step.id === id),
      ),
    }
  })
}

function stateOf(
  found: {
    readonly stale: readonly string[]
    readonly changed: readonly string[]
    readonly contradicted: readonly string[]
  },
  { total, verified }: PlatformStatus['steps'],
): PlatformState {
  if (found.contradicted.length > 0) return 'contradicted'
  if (found.stale.length > 0) return 'stale'
  if (found.changed.length > 0) return 'changed'
  if (verified === total) return 'verified'
  return verified === 0 ? 'never' : 'partial'
}

/** The steps that a record can cover: those for its platform, one of each code group. */
export function stepsOn(runbook: Runbook, record: RunbookRecord): readonly Step[] {
  const { steps } = runbook
  const ids = new Set<string>()
  // Steps that undo another run only with `undo`, so no run of the page verifies them.
  const undoing = new Set(steps.flatMap(({ undo }) => undo ?? []))
  return steps.filter((step) => {
    if (undoing.has(step.id)) return false
    const known = valueOf(record.steps, step.id)
    if (known && recordedStep(runbook, step, record) === undefined) return false
    if (!known && isForeign(step, record.platform)) return false
    if (ids.has(step.id)) return false
    ids.add(step.id)
    return true
  })
}

/** Whether a step is for another system than the record's. */
function isForeign(step: Step, platform: string): boolean {
  return step.when.some(({ question, negated }) => {
    if (question.kind !== 'os') return false
    const [id = '', version] = platform.split('-')
    const isSystem =
      question.id === id &&
      (question.version === undefined || question.version.split('.')[0] === version)
    return isSystem === negated
  })
}
