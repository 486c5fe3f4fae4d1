/**
 * Draws `::: code-group` like VitePress, but escapes labels and produces the same bytes in every
 * build: VitePress inserts labels as HTML and generates random ids.
 */

import { escapeHtml } from './escape-html.ts'
import type { MarkdownIt, Token } from './markdown-it.ts'

export function codeGroupRules(md: MarkdownIt): void {
  md.renderer.rules['container_code-group_open'] = (tokens, index, _options, env) => {
    if (env.search === true) return '<div><div>'
    const fences = fencesOf(tokens, index)
    const [first] = fences
    if (first) first.info += ' active'
    const tabs = fences.map((fence, at) => {
      const id = `tab-${index}-${at}`
      const label = escapeHtml(labelOf(fence.info))
      return (
        `<input type="radio" name="group-${index}" id="${id}"${at === 0 ? ' checked=""' : ''}>` +
        `<label data-title="${label}" for="${id}">${label}</label>`
      )
    })
    return `<div class="vp-code-group vp-adaptive-theme"><div class="tabs">${tabs.join('')}</div><div class="blocks">\n`
  }
  md.renderer.rules['container_code-group_close'] = () => '</div></div>\n'
}

function fencesOf(tokens: readonly Token[], open: number): readonly Token[] {
  const close = tokens.findIndex(
    (token, at) => at > open && token.type === 'container_code-group_close',
  )
  return tokens.slice(open, close === -1 ? undefined : close).filter(({ type }) => type === 'fence')
}

function labelOf(info: string): string {
  return /\[([^\]]*)\]/.exec(info)?.[1] ?? /^[\w+#.-]+/.exec(info.trim())?.[0] ?? 'txt'
}
