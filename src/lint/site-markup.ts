/**
 * Reports Markdown that the site renders differently than other viewers: HTML, and blocks in
 * footnotes.
 */

import { messages } from './messages.ts'
import type { Nodes } from 'mdast'
import { CONTINUE, SKIP, visit } from 'unist-util-visit'
import type { Rule } from './lint-page.ts'

export const siteMarkup: Rule = (page, report) => {
  const tree = /<[A-Za-z]|\[\^/.test(page.source.text) ? page.markdown() : undefined
  if (!tree) return
  const seen = new Set<string>()
  visit(tree, (node: Nodes) => {
    const start = node.position?.start.offset
    if (start === undefined) return CONTINUE
    if (node.type === 'html') {
      const tag = /^<([A-Za-z][\w-]*)/.exec(node.value)?.[1]
      const isAnchor = /^<a\s+(?:id|name)\s?=[^<>]*>/i.test(node.value)
      if (tag === undefined || isAnchor || seen.has(tag)) return CONTINUE
      seen.add(tag)
      report.add(
        'RB0703',
        page.source.span(start, start + tag.length + 1),
        messages.htmlAsText(tag),
        tag === 'details' ? messages.writeDetails : messages.writeMarkdown,
      )
    }
    if (node.type !== 'footnoteDefinition') return CONTINUE
    visit(node, 'code', ({ position }) => {
      const at = position?.start.offset
      const isStep = page.runbook.steps.some(
        (step) => 'fence' in step && step.fence.span.start.offset === at,
      )
      if (at === undefined || !isStep) return
      report.add(
        'RB0704',
        page.source.span(at, at + 3),
        messages.stepInFootnote,
        messages.putWhereItRuns,
      )
    })
    return SKIP
  })
}
