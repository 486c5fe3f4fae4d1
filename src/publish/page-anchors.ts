/**
 * The anchors of a page: every spelling that lint accepts leads to its heading.
 *
 * VitePress slugs headings differently than GitHub does, and ignores `{#id}` where prose is data.
 */

import { anchorKey, anchorNamed, headingId } from '../parse/anchors.ts'
import { escapeHtml } from './escape-html.ts'
import type { Token } from './markdown-it.ts'
import type { PageView } from './page-view.ts'

/** Runs before inline parsing: splits `## Title {#id}` into a title and its id. */
export function takeHeadingIds(tokens: readonly Token[], taken: ReadonlySet<string>): void {
  const seen = new Set(taken)
  for (const [index, open] of tokens.entries()) {
    const inline = open.type === 'heading_open' ? tokens[index + 1] : undefined
    const id = inline && headingId(inline.content)
    if (!inline || id === undefined) continue
    inline.content = inline.content.slice(0, inline.content.lastIndexOf(`{#${id}`)).trimEnd()
    if (seen.has(id) || isOfTheme(id)) continue
    seen.add(id)
    open.attrSet('id', id)
  }
}

/** HTML anchors inside each heading, for its other spellings. */
export function addAnchors(
  tokens: readonly Token[],
  page: PageView,
  html: (text: string) => Token,
): void {
  const ids = new Set([
    ...page.steps.map(({ step }) => step.id),
    ...tokens.flatMap((token) => token.attrGet('id') ?? []),
  ])
  const left = new Map([...page.anchors].filter(([, anchor]) => !ids.has(anchor)))
  for (const [index, open] of tokens.entries()) {
    const inline = open.type === 'heading_open' ? tokens[index + 1] : undefined
    if (!inline) continue
    const words = (inline.children ?? [])
      .filter(({ type }) => type === 'text' || type === 'code_inline')
      .map(({ content }) => content)
      .join('')
    for (const key of new Set([anchorKey(words), anchorKey(open.attrGet('id') ?? '')])) {
      const anchor = left.get(key)
      if (anchor === undefined || anchor === '' || isOfTheme(anchor)) continue
      left.delete(key)
      inline.children?.unshift(html(anchorHtml(anchor)))
    }
  }
}

/** Rewrites a link's anchor to the spelling on its target page. */
export function namedLink(target: string, pageAt: (path: string) => PageView | undefined): string {
  const [, path = '', anchor] = /^([^#?]*)#(.+)$/s.exec(target) ?? []
  if (anchor === undefined || /^[a-z][a-z0-9+.-]*:|^\//i.test(target)) return target
  const page = pageAt(path)
  const named = page && anchorNamed(page.anchors, anchor)
  return named === undefined ? target : `${path}#${encodeURIComponent(named)}`
}

/** The id of `<a id="x">` or `<a name="x">`, which serves as an anchor and not as markup. */
export function anchorOfHtml(html: string): string | undefined {
  const id = /^\s*<a\s+(?:id|name)\s?=\s?["']([^"'<>&\s]{1,200})["']\s*\/?>(?:\s*<\/a>)?\s*$/i.exec(
    html,
  )?.[1]
  return id === undefined || isOfTheme(id) ? undefined : id
}

export function anchorHtml(id: string): string {
  return `<span class="rb-anchor" id="${escapeHtml(id)}"></span>`
}

/** Ids used by the theme's own elements. */
function isOfTheme(id: string): boolean {
  return /^(?:app$|VP|local-search|main-title|doc-outline|rb-)/i.test(id)
}
