/** Reports images that the site refuses; those that are missing are dead links. */

import type { Nodes } from 'mdast'
import { SKIP, visit } from 'unist-util-visit'
import type { Rule } from './lint-page.ts'

export const images: Rule = (page, report) => {
  const tree = page.source.text.includes('![') ? page.markdown() : undefined
  if (!tree) return
  const definitions = new Map<string, string>()
  visit(tree, 'definition', ({ identifier, url }) => {
    if (!definitions.has(identifier)) definitions.set(identifier, url)
  })
  visit(tree, (node: Nodes) => {
    if (node.type === 'code') return SKIP
    if (node.type !== 'image' && node.type !== 'imageReference') return undefined
    const url = node.type === 'image' ? node.url : definitions.get(node.identifier)
    const start = node.position?.start.offset
    const end = node.position?.end.offset
    if (url === undefined || start === undefined || end === undefined) return undefined
    const why = page.project.refusedImage(url)
    if (why !== undefined) report.add('RB0705', page.source.span(start, end), why)
    return undefined
  })
}
