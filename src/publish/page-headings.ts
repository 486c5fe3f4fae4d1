/** Headings of a page: adds a missing title, and renames headings whose id a step has. */

import { escapeMarkdown } from './escape-markdown.ts'
import type { CoreState, Token } from './markdown-it.ts'
import type { Words } from './words.ts'

/** The heading of a page whose title is only in its front matter. */
export function titleTokens(
  state: CoreState,
  title: string | undefined,
  matter: Readonly<Record<string, unknown>> = {},
): readonly Token[] {
  const hasTitle = state.tokens.some(({ type, tag }) => type === 'heading_open' && tag === 'h1')
  if (hasTitle || title === undefined || matter['layout'] === 'home') return []
  const open = new state.Token('heading_open', 'h1', 1)
  const inline = new state.Token('inline', '', 0)
  const close = new state.Token('heading_close', 'h1', -1)
  // The title is plain text.
  inline.content = escapeMarkdown(title)
  inline.children = []
  for (const token of [open, inline, close]) {
    token.block = true
    token.map = [0, 0]
  }
  return [open, inline, close]
}

/** Runs after VitePress has assigned anchors. */
export function nameHeadings(
  tokens: readonly Token[],
  taken: ReadonlySet<string>,
  words: Words,
): void {
  for (const [index, open] of tokens.entries()) {
    if (open.type !== 'heading_open') continue
    const id = open.attrGet('id')
    const link = tokens[index + 1]?.children?.find(isAnchor)
    if (id === null || !link) continue
    if (taken.has(id)) {
      let free = `${id}-section`
      while (taken.has(free)) free += '-section'
      open.attrSet('id', free)
      link.attrSet('href', `#${free}`)
    }
    const text =
      tokens[index + 1]?.children?.filter(
        ({ type }) => type === 'text' || type === 'code_inline',
      ) ?? []
    link.attrSet(
      'aria-label',
      words.sectionLink(
        text
          .map(({ content }) => content)
          .join('')
          .trim(),
      ),
    )
  }
}

function isAnchor(token: Token): boolean {
  return token.type === 'link_open' && /\bheader-anchor\b/.test(token.attrGet('class') ?? '')
}
