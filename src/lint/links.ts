/** Reports links to missing pages and anchors of the project. */

import type { Message } from '../model/message.ts'
import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import type { Definition, Image, Link, Nodes } from 'mdast'
import { SKIP, visit } from 'unist-util-visit'
import { nearest } from '../text/nearest.ts'
import { anchorKey, anchorNamed, anchorsOf, decodedAnchor } from '../parse/anchors.ts'
import type { LintPage, Rule } from './lint-page.ts'

export const links: Rule = (page, report) => {
  const tree = /\]\(|\]:/.test(page.source.text) ? page.markdown() : undefined
  if (!tree) return
  visit(tree, (node: Nodes) => {
    if (node.type === 'link' || node.type === 'definition' || node.type === 'image')
      checkLink(node, page, report)
    return node.type === 'code' ? SKIP : undefined
  })
}

/** Reports `on-error` targets that do not exist. */
export const answers: Rule = (page, report) => {
  for (const step of page.runbook.steps) {
    for (const { target } of step.onError) {
      const problem = problemOf(target, page)
      if (problem === undefined || !('fence' in step)) continue
      const attribute = step.fence.attributes.find(
        ({ name, value }) => name === 'on-error' && value?.endsWith(target) === true,
      )
      report.add('RB0606', attribute?.valueSpan ?? step.span, problem.message, problem.help)
    }
  }
}

function checkLink(
  node: Link | Definition | Image,
  page: LintPage,
  report: Parameters<Rule>[1],
): void {
  const start = node.position?.start.offset
  const end = node.position?.end.offset
  if (start === undefined || end === undefined) return
  const problem = problemOf(node.url, page, node.type === 'image')
  if (problem === undefined) return
  const at = page.source.text.slice(start, end).lastIndexOf(node.url)
  const span =
    at === -1
      ? page.source.span(start, end)
      : page.source.span(start + at, start + at + node.url.length)
  report.add('RB0606', span, problem.message, problem.help)
}

function problemOf(
  url: string,
  page: LintPage,
  isImage = false,
): { readonly message: Message; readonly help: Message | undefined } | undefined {
  const isPublic = isImage && /^\/[^/]/.test(url)
  if (url === '' || (!isPublic && /^[a-z][a-z0-9+.-]*:|^\/|[{}<>$]/i.test(url))) return undefined
  const [, path = '', anchor] = /^([^#?]*)(?:\?[^#]*)?(?:#(.*))?$/s.exec(url) ?? []
  const target = path === '' ? { anchors: anchorsOf(page) } : page.project.find(decodedAnchor(path))
  if (target === 'unknown') return undefined
  if (target === undefined) return { message: messages.notFound(path), help: undefined }
  if (anchor === undefined || anchor === '' || target.anchors === undefined) return undefined
  // Anchors with a slash are routes and tabs of other tools.
  const wanted = anchor.includes('/') ? '' : anchorKey(decodedAnchor(anchor))
  const { anchors } = target
  if (wanted === '' || wanted === 'top' || anchorNamed(anchors, anchor) !== undefined)
    return undefined
  const meant = anchors.get(nearest(wanted, anchors.keys()) ?? '')
  return {
    message: path === '' ? messages.noAnchorHere(anchor) : messages.noAnchorIn(path, anchor),
    help: meant === undefined ? undefined : shared.didYouMean(`#${meant}`),
  }
}
