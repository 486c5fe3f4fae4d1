/** Finds conditions that do not hold yet but that earlier steps may bring about. */

import type { Check, CheckAnswer } from '../model/check.ts'
import type { Runbook } from '../model/runbook.ts'
import type { Step } from '../model/step.ts'

/** A condition that does not hold yet. */
export interface Wait {
  readonly answer: CheckAnswer
  /** `PAGE#ID` of the step that declares to bring it about; `undefined`: any earlier step may. */
  readonly step: string | undefined
}

/** An earlier planned step on the same host. */
interface Earlier {
  readonly address: string
  readonly step: Step
  readonly runbook: Runbook
}

export interface WaitSituation {
  readonly answerOf: (check: Check) => CheckAnswer | undefined
  /** In the order of the plan. */
  readonly before: readonly Earlier[]
  /** The page of the waiting step. */
  readonly runbook: Runbook
}

export function waitsOf(
  checks: readonly Check[],
  { answerOf, before, runbook }: WaitSituation,
): readonly Wait[] {
  return checks.flatMap((check) => {
    const answer = answerOf(check)
    if (!answer || answer.holds || answer.isUnasked) return []
    return [{ answer, step: before.findLast((each) => bringsAbout(each, check, runbook))?.address }]
  })
}

/**
 * Whether a step declares that a check holds after it. A step of another page also declares that
 * page's `provides`.
 */
function bringsAbout(
  { step, runbook, address }: Earlier,
  { question, negated, text }: Check,
  own: Runbook,
): boolean {
  const said = [...step.ensures, ...(runbook === own ? [] : runbook.provides)]
  if (said.some((each) => each.text === text)) return true
  if (negated) return false
  const { kind } = question
  if (kind === 'step') return question.id === step.id || question.id === address
  if (kind === 'file') return step.kind === 'file' && step.path === question.path
  if (kind !== 'var') return false
  return step.captures.includes(question.name) || step.secrets.includes(question.name)
}
