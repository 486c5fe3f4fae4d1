/** Validates checks that name a variable or a step of the page. */

import { nearest } from '../text/nearest.ts'
import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import type { Check } from '../model/check.ts'
import type { Runbook } from '../model/runbook.ts'
import type { Report } from './report.ts'

/** Reports a name that the page does not declare; its check could never hold. */
export function reportNames(
  { needs, provides, requires, steps }: Pick<Runbook, 'needs' | 'provides' | 'requires' | 'steps'>,
  variables: ReadonlySet<string>,
  report: Report,
): void {
  const ids = new Set(steps.map(({ id }) => id))
  const ofSteps = steps.flatMap((step) => [
    ...step.needs,
    ...step.when,
    ...step.unless,
    ...step.ensures,
    ...step.ready,
  ])
  for (const check of new Set([...needs, ...provides, ...ofSteps])) {
    reportVariable(check, variables, report)
    reportStep(check, ids, { report, isAlone: requires.length === 0 })
  }
}

function reportVariable(
  { question, span }: Check,
  variables: ReadonlySet<string>,
  report: Report,
): void {
  if (question.kind !== 'var' || variables.has(question.name)) return
  const { name } = question
  const meant = nearest(name, variables)
  const help = meant === undefined ? shared.declareVariable(name) : shared.didYouMean(meant)
  report.add('RB0502', span, messages.undeclaredVariable(name), help)
}

/** Steps of other pages are unknown here, so a page with `requires` reports only near misses. */
function reportStep(
  { question, span }: Check,
  ids: ReadonlySet<string>,
  { report, isAlone }: { readonly report: Report; readonly isAlone: boolean },
): void {
  if (question.kind !== 'step' || ids.has(question.id)) return
  // An address (`page#id`), or a page.
  if (/[#/]|\.md$/i.test(question.id)) return
  const meant = nearest(question.id, ids)
  if (meant === undefined && !isAlone) return
  const help = meant === undefined ? messages.nameAStep : shared.didYouMean(meant)
  report.add('RB0602', span, messages.noSuchStep(question.id), help)
}
