/**
 * Reports unreachable variants: a host takes the first variant whose `when` holds, so none after
 * one without `when`.
 */

import { messages } from './messages.ts'
import type { Step } from '../model/step.ts'
import type { Rule } from './lint-page.ts'

export const variants: Rule = (page, report) => {
  const groups = new Map<number, Step[]>()
  for (const step of page.runbook.steps) {
    if (!step.variant) continue
    groups.set(step.variant.group, [...(groups.get(step.variant.group) ?? []), step])
  }
  for (const steps of groups.values()) {
    const open = steps.findIndex(({ when }) => when.length === 0)
    const cut = open === -1 ? undefined : steps[open + 1]
    if (cut) {
      const before = steps[open]?.variant?.label ?? ''
      report.add(
        'RB0808',
        spanOf(cut),
        messages.neverTaken(cut.variant?.label ?? '', before),
        messages.whenOnAllButLast,
      )
    }
    reportRepeated(steps.slice(0, open === -1 ? undefined : open), report)
  }
}

function reportRepeated(steps: readonly Step[], report: Parameters<Rule>[1]): void {
  const seen = new Map<string, string>()
  for (const step of steps) {
    const key = step.when
      .map(({ text }) => text)
      .toSorted()
      .join(' ')
    const before = seen.get(key)
    const label = step.variant?.label ?? ''
    if (before === undefined) seen.set(key, label)
    else {
      report.add('RB0808', spanOf(step), messages.sameWhen(label, before))
    }
  }
}

function spanOf(step: Step) {
  return 'fence' in step ? step.fence.infoSpan : step.span
}
