/** Finds a step's record. Status, sync, export and the site all ask here, so that they agree. */

import { valueOf } from '../model/named.ts'
import type { RunbookRecord, StepRecord } from '../model/record.ts'
import type { Runbook } from '../model/runbook.ts'
import type { Step } from '../model/step.ts'
import { stepHash } from '../plan/content-hash.ts'

/** A step's record, and the platform that it is from. */
export interface RecordedStep {
  readonly platform: string
  readonly record: StepRecord
}

/**
 * What one platform's record says about a step.
 *
 * @returns `undefined`: nothing, or it is about another variant of the step's group.
 */
export function recordedStep(
  runbook: Pick<Runbook, 'variables' | 'steps'>,
  step: Step,
  { steps }: Pick<RunbookRecord, 'steps'>,
): StepRecord | undefined {
  const record = valueOf(steps, step.id)
  return record && variantOf(runbook, step.id, record) === step ? record : undefined
}

/** The newest record whose step has the content that the page has now. */
export function newestSame(
  runbook: Runbook,
  step: Step,
  records: readonly RunbookRecord[],
): RecordedStep | undefined {
  const hash = stepHash(runbook, step)
  const [newest] = records
    .flatMap((each) => {
      const record = recordedStep(runbook, step, each)
      return record?.hash === hash ? [{ platform: each.platform, record }] : []
    })
    .toSorted((a, b) => (a.record.at < b.record.at ? 1 : -1))
  return newest
}

/**
 * The variant that a record is about: by its label; if none has that label any more, by its
 * content; else the first, which is then stale.
 */
function variantOf(
  { variables, steps }: Pick<Runbook, 'variables' | 'steps'>,
  id: string,
  { variant, hash }: StepRecord,
): Step | undefined {
  const variants = steps.filter((step) => step.id === id)
  return (
    variants.find((step) => step.variant?.label === variant) ??
    variants.find((step) => stepHash({ variables }, step) === hash) ??
    variants[0]
  )
}
