/**
 * Turns a page's prose into plain data, without HTML, templates, components or attributes.
 *
 * VitePress compiles rendered Markdown as a Vue template, so `{{ }}` and tags would run.
 */

import { escapeHtml } from './escape-html.ts'
import type { MarkdownIt, Token } from './markdown-it.ts'
import { anchorHtml, anchorOfHtml } from './page-anchors.ts'
import type { Meta } from './token-meta.ts'

export function inertMarkdown(md: MarkdownIt): void {
  const { rules } = md.renderer
  // Right after `inline`; later it would also see tokens made by plugins.
  md.core.ruler.after('inline', 'runbook-inert', (state) => neutralise(state.tokens))
  md.block.ruler.disable('toc', true)

  const text = rules['text']
  rules['text'] = (tokens, index, options, env, self) => {
    const html =
      text?.(tokens, index, options, env, self) ?? escapeHtml(tokens[index]?.content ?? '')
    return html.replaceAll('{{', '&#123;&#123;')
  }
  rules['code_inline'] = (tokens, index) =>
    `<code>${escapeHtml(tokens[index]?.content ?? '')}</code>`
  rules['code_block'] = (tokens, index) => renderPlainCode(tokens[index]?.content ?? '')
  rules['rb_markup'] = (tokens, index) =>
    `<p class="rb-markup">${escapeHtml(tokens[index]?.content.trim() ?? '')}</p>\n`

  // VitePress's own rule would decode the address again.
  rules['image'] = (tokens, index) => {
    const token = tokens[index]
    const title = token?.attrGet('title') ?? null
    const attributes = [
      ['src', token?.attrGet('src') ?? ''],
      ['alt', (token?.children ?? []).map(({ content }) => content).join('')],
      ...(title === null ? [] : [['title', title] as const]),
      ['loading', 'lazy'],
    ] as const
    return `<img${attributes.map(([name, value]) => ` ${name}="${escapeHtml(value)}"`).join('')}>`
  }

  const alert = rules['github_alert_open']
  if (alert) {
    rules['github_alert_open'] = (tokens, index, options, env, self) => {
      const token = tokens[index]
      if (token && isTitled(token.meta))
        token.meta = { ...token.meta, title: escapeHtml(token.meta.title) }
      return alert(tokens, index, options, env, self)
    }
  }
}

function isTitled(meta: unknown): meta is { title: string } {
  return (
    typeof meta === 'object' && meta !== null && 'title' in meta && typeof meta.title === 'string'
  )
}

/** Draws code without a language, as VitePress does. */
export function renderPlainCode(code: string): string {
  return `<div class="language-text"><pre class="vp-code"><code>${escapeHtml(code.replace(/\n$/, ''))}</code></pre></div>\n`
}

function neutralise(tokens: Token[]): void {
  for (const [index, token] of tokens.entries()) {
    if (token.children) neutralise(token.children)
    const anchor = token.type.startsWith('html_') ? anchorOfHtml(token.content) : undefined
    if (anchor !== undefined) {
      const close = tokens[index + 1]
      if (close?.type === 'html_inline' && /^<\/a>$/i.test(close.content)) close.content = ''
      token.type = 'rb_html'
      token.meta = { rb: 'html', html: anchorHtml(anchor) } satisfies Meta
      continue
    }
    if (token.type === 'html_inline') token.type = 'text'
    else if (token.type === 'html_block') token.type = 'rb_markup'
    else continue
    token.content = token.content.replace(/<!--[\s\S]*?-->/g, '')
    if (token.content.trim() === '' && token.type === 'rb_markup') token.type = 'rb_hidden'
  }
}

/**
 * The info string of a prose fence, reduced to parts that VitePress inserts into HTML safely: the
 * language, `:line-numbers`, `{1,3-5}` and a tab's `[label]`.
 */
export function plainInfo(info: string): string {
  const language = (/^[\w+#.-]*/.exec(info.trim())?.[0] ?? '').replace(/-vue$/, '')
  const numbers = /:(?:no-)?line-numbers(?:=\d+)?/.exec(info)?.[0] ?? ''
  const lines = /\{[\d,\s-]+\}/.exec(info)?.[0].replace(/\s/g, '') ?? ''
  const label = /\[([^\]]*)\]/.exec(info)?.[1]
  return `${language}${numbers}${lines}${label === undefined ? '' : ` [${label}]`}`
}
