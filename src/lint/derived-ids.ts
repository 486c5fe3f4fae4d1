/**
 * Reports generated ids on pages with records: ids change with the page, so a record would move to
 * another step.
 */

import { addAttribute } from '../parse/info-edits.ts'
import { messages } from './messages.ts'
import type { Rule } from './lint-page.ts'

export const derivedIds: Rule = (page, report) => {
  if (!page.project.hasRecord) return
  for (const step of page.runbook.steps) {
    if (step.idGiven || step.kind === 'manual') continue
    const { infoSpan, span } = step.fence
    const place = { start: span.start, end: infoSpan.end }
    report.add('RB0605', place, messages.generatedId(step.id), messages.giveItAnId, {
      edits: [addAttribute(step.fence, page.source, `#${step.id}`)],
    })
  }
}
