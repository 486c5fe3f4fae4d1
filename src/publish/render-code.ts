/** Copyable text as HTML: coloured, with an element for each variable. */

import { escapeCommand, escapeHtml } from './escape-html.ts'
import type { Highlight } from './highlight.ts'
import { quoteValue } from './quote-value.ts'
import type { VariableUse } from './variable-uses.ts'

export interface CodeValues {
  /** The value of a variable until the reader enters one. */
  readonly defaults: ReadonlyMap<string, string>
  readonly secrets: ReadonlySet<string>
}

/**
 * The content of a `<code>` element, whose text the copy button copies. A variable is `$NAME`, or
 * its default quoted for bash, in an element that says how to quote a reader's value there.
 */
export function renderCode(
  text: string,
  uses: readonly VariableUse[],
  { defaults, secrets }: CodeValues,
  pieces: ReturnType<Highlight>,
): string {
  let html = ''
  let at = 0
  let next = 0
  for (const piece of pieces) {
    const end = at + piece.text.length
    while (at < end) {
      const use = uses[next]
      if (use && at >= use.start) {
        if (at === use.start) html += renderUse(text, use, defaults, secrets.has(use.name))
        at = Math.min(end, use.end)
        if (at === use.end) next++
        continue
      }
      const stop = Math.min(end, use?.start ?? end)
      html += renderPiece(text.slice(at, stop), piece.style)
      at = stop
    }
  }
  return html
}

function renderPiece(text: string, style: string): string {
  const escaped = escapeCommand(text)
  return style === '' || text.trim() === ''
    ? escaped
    : `<span style="${escapeHtml(style)}">${escaped}</span>`
}

function renderUse(
  text: string,
  { start, end, name, mode, stop }: VariableUse,
  defaults: ReadonlyMap<string, string>,
  isSecret: boolean,
): string {
  const written = text.slice(start, end)
  const value = defaults.get(name)
  const filled = value === undefined ? undefined : quoteValue(value, mode, stop)
  const attributes = [
    `data-name="${escapeHtml(name)}"`,
    `data-mode="${mode}"`,
    ...(stop === undefined ? [] : [`data-stop="${escapeHtml(stop)}"`]),
    ...(isSecret ? ['data-secret=""'] : []),
    `data-written="${escapeHtml(written)}"`,
    ...(filled === undefined ? [] : [`data-default="${escapeHtml(filled)}"`]),
  ]
  return `<var class="rb-var" ${attributes.join(' ')}>${escapeCommand(filled ?? written)}</var>`
}
