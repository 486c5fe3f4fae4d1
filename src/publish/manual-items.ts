/** Task-list items: an open one is a manual step, a ticked one is prose. */

import { messages } from './messages.ts'
import type { CoreState } from './markdown-it.ts'
import { refuse } from './refuse-page.ts'
import { renderStateBadge } from './render-records.ts'
import { type StepContext, stepAttributes } from './render-step.ts'
import type { StepView } from './step-view.ts'

/** Turns the list items of manual steps into step elements. */
export function manualItems(
  state: CoreState,
  views: readonly StepView[],
  above: number,
  context: StepContext,
): void {
  const { tokens, env } = state
  for (const view of views) {
    if (view.step.kind !== 'manual') continue
    const { line } = view.step.span.start
    const at = tokens.findIndex(
      ({ type, map }) => type === 'list_item_open' && map?.[0] === line - above - 1,
    )
    const item = tokens[at]
    const text = tokens.slice(at).find(({ type }) => type === 'inline')
    if (!item || !text || !/^\[ \]\s/.test(text.content)) {
      refuse(context.runbook.file, line, messages.noTask)
    }
    text.content = text.content.replace(/^\[ \]\s+/, '')
    if (env.search === true) continue
    for (const [name, value] of stepAttributes(view, context)) item.attrSet(name, value)
    item.attrJoin('class', 'rb-manual')
    const badge = new state.Token('rb_html', '', 0)
    const html = renderStateBadge('manual', undefined, context.words)
    badge.meta = { rb: 'html', html: `<span class="rb-tick" aria-hidden="true"></span>${html}` }
    tokens.splice(at + 1, 0, badge)
  }
  for (const token of tokens) {
    if (token.type === 'inline' && /^\[x\]\s/i.test(token.content))
      token.content = token.content.replace(/^\[x\]/i, '☑')
    else if (token.type === 'inline' && /^\[ \]\s/.test(token.content))
      token.content = token.content.replace('[ ]', '☐')
  }
}
