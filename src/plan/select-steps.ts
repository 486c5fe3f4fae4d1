import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import { nearest } from '../text/nearest.ts'
import { type Runbook, stepAddress } from '../model/runbook.ts'
import type { Step } from '../model/step.ts'
import { UsageError } from '../diagnostic/usage-error.ts'

/** Which steps of the pages are wanted; everything where nothing is said. */
export interface Selection {
  readonly from: string | undefined
  readonly to: string | undefined
  readonly only: readonly string[]
  readonly tags: readonly string[]
}

/**
 * Whether each step is wanted.
 *
 * @throws {UsageError} For an id or a tag that no step has.
 */
export function selectSteps(
  runbooks: readonly Runbook[],
  { from, to, only, tags }: Selection,
): (runbook: Runbook, step: Step) => boolean {
  const all = runbooks.flatMap((runbook) => runbook.steps.map((step) => ({ runbook, step })))
  const indexOf = (id: string, last: boolean): number => {
    const matches = ({ runbook, step }: (typeof all)[number]) =>
      step.id === id || stepAddress(runbook, step) === id
    const index = last ? all.findLastIndex(matches) : all.findIndex(matches)
    if (index !== -1) return index
    const meant = nearest(
      id,
      all.map(({ step }) => step.id),
    )
    throw new UsageError(
      messages.noSuchStep(id),
      meant === undefined ? messages.seeList : shared.didYouMean(meant),
    )
  }
  const start = from === undefined ? 0 : indexOf(from, false)
  const end = to === undefined ? all.length - 1 : indexOf(to, true)
  if (from !== undefined && to !== undefined && start > end)
    throw new UsageError(messages.fromAfterTo(from, to))
  for (const id of only) indexOf(id, false)
  for (const tag of tags) {
    if (!all.some(({ runbook, step }) => tagsOf(runbook, step).includes(tag)))
      throw new UsageError(messages.noSuchTag(tag))
  }
  const wanted = new Set<Step>()
  for (const [index, { runbook, step }] of all.entries()) {
    const isNamed = only.includes(step.id) || only.includes(stepAddress(runbook, step))
    const isChosen = only.length === 0 || isNamed
    const isTagged = tags.length === 0 || tagsOf(runbook, step).some((tag) => tags.includes(tag))
    const isInRange = start <= index && index <= end
    if (step.always || (isInRange && isChosen && isTagged)) wanted.add(step)
  }
  return (_, step) => wanted.has(step)
}

/** A page's tags are those of all its steps. */
function tagsOf(runbook: Runbook, step: Step): readonly string[] {
  return [...runbook.tags, ...step.tags]
}
