import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import { nearest } from '../text/nearest.ts'
import { listed, type Message } from '../model/message.ts'
import { type Runbook, stepAddress } from '../model/runbook.ts'
import { pagesNamed, readStepReference } from '../model/step-reference.ts'
import type { Step } from '../model/step.ts'
import { UsageError } from '../diagnostic/usage-error.ts'

/** Selects steps of the pages; an empty selection means all. */
export interface Selection {
  readonly from: string | undefined
  readonly to: string | undefined
  readonly only: readonly string[]
  readonly tags: readonly string[]
}

/**
 * Returns a test for selected steps.
 *
 * @throws {UsageError} For an unknown step or tag, and for a name shared by several pages if one
 * step is meant: with `from`, `to`, or `PAGE#ID`.
 */
export function selectSteps(
  runbooks: readonly Runbook[],
  { from, to, only, tags }: Selection,
): (runbook: Runbook, step: Step) => boolean {
  const all = runbooks.flatMap((runbook) => runbook.steps.map((step) => ({ runbook, step })))
  const first = from === undefined ? undefined : oneStep(runbooks, from)
  const last = to === undefined ? undefined : oneStep(runbooks, to)
  const start = first === undefined ? 0 : all.findIndex(({ step }) => first.includes(step))
  const end = last === undefined ? all.length : all.findLastIndex(({ step }) => last.includes(step))
  if (from !== undefined && to !== undefined && start > end)
    throw new UsageError(messages.fromAfterTo(from, to))
  const chosen = only.flatMap((text) =>
    text.includes('#') ? oneStep(runbooks, text) : stepsNamed(runbooks, text).flatMap(stepsOf),
  )
  for (const tag of tags) {
    const known = [...new Set(all.flatMap(({ runbook, step }) => tagsOf(runbook, step)))]
    if (known.includes(tag)) continue
    const help = known.length === 0 ? messages.noTags : messages.tagsAre(listed(known))
    throw new UsageError(messages.noSuchTag(tag), help)
  }
  const wanted = new Set<Step>()
  for (const [index, { runbook, step }] of all.entries()) {
    const isChosen = only.length === 0 || chosen.includes(step)
    const isTagged = tags.length === 0 || tagsOf(runbook, step).some((tag) => tags.includes(tag))
    const isInRange = start <= index && index <= end
    if (step.always || (isInRange && isChosen && isTagged)) wanted.add(step)
  }
  return (_, step) => wanted.has(step)
}

interface Named {
  readonly runbook: Runbook
  /** The variants of one code group, or one step. */
  readonly steps: readonly Step[]
}

const stepsOf = ({ steps }: Named): readonly Step[] => steps

function oneStep(runbooks: readonly Runbook[], text: string): readonly Step[] {
  const named = stepsNamed(runbooks, text)
  if (named.length === 1) return named.flatMap(stepsOf)
  const addresses = named.flatMap(({ runbook, steps }) =>
    steps.slice(0, 1).map((step) => stepAddress(runbook, step)),
  )
  throw new UsageError(
    messages.severalSteps(text, listed(named.map(({ runbook }) => runbook.file))),
    messages.writeOneOf(listed(addresses)),
  )
}

/** On every page that has such a step. */
function stepsNamed(runbooks: readonly Runbook[], text: string): readonly Named[] {
  const { page, id } = readStepReference(text)
  const named = pagesNamed(page, runbooks)
    .map((runbook) => ({ runbook, steps: runbook.steps.filter((step) => step.id === id) }))
    .filter(({ steps }) => steps.length > 0)
  if (named.length > 0) return named
  const isPage = page !== undefined && pagesNamed(page, runbooks).length > 0
  const known = (isPage ? pagesNamed(page, runbooks) : runbooks).flatMap((runbook) =>
    runbook.steps.map((step) => {
      if (page === undefined) return step.id
      return isPage ? `${page}#${step.id}` : stepAddress(runbook, step)
    }),
  )
  const meant = nearest(text, known)
  throw new UsageError(
    messages.noSuchStep(text),
    meant === undefined ? stepsAre([...new Set(known)]) : shared.didYouMean(meant),
  )
}

/** A few can be listed here. */
function stepsAre(known: readonly string[]): Message {
  return known.length === 0 || known.length > 8
    ? messages.seeList
    : messages.stepsAre(listed(known))
}

/** The step's tags; a page's tags apply to all its steps. */
function tagsOf(runbook: Runbook, step: Step): readonly string[] {
  return [...runbook.tags, ...step.tags]
}
