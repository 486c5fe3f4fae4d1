/** Finds the markdown-it token of each step, output and dialog, and attaches what to draw there. */

import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import type { Fence } from '../model/fence.ts'
import { expectedOf, type Step } from '../model/step.ts'
import { manualItems } from './manual-items.ts'
import type { CoreState, Token } from './markdown-it.ts'
import type { PageView } from './page-view.ts'
import { refuse } from './refuse-page.ts'
import type { StepContext } from './render-step.ts'
import type { Meta } from './token-meta.ts'

/**
 * @param above - Lines of the file before the tokens' text.
 * @throws {SiteError} If VitePress parses a block differently than our parser.
 */
export function attachSteps(
  state: CoreState,
  page: PageView,
  above: number,
  context: StepContext,
): void {
  const { runbook } = page
  const fences = new Map(
    state.tokens.flatMap((token) =>
      token.type === 'fence' && token.map ? [[token.map[0] + above + 1, token]] : [],
    ),
  )
  const take = (fence: Fence, what: Message): Token => {
    const { line } = fence.span.start
    const token = fences.get(line)
    if (!token) {
      refuse(runbook.file, line, messages.noFence(what))
    }
    if (token.content.replace(/\n$/, '') !== fence.text.replaceAll('\u0000', '\uFFFD')) {
      refuse(runbook.file, line, messages.otherText(what))
    }
    fences.delete(line)
    return token
  }
  const hidden = new Set<Fence>()
  for (const view of page.steps) {
    const { step } = view
    if (step.kind === 'manual') continue
    const token = take(step.fence, messages.theStep(step.id))
    token.info = `bash${step.variant === undefined ? '' : ` [${step.variant.label.replace(/[\][]/g, '')}]`}`
    token.meta = { rb: 'step', view, context } satisfies Meta
    const output = expectedOf(step)?.fence
    if (output) hidden.add(output)
  }
  for (const fence of hidden) hide(take(fence, messages.theOutput))
  hideDialogs(fences, page)
  refuseUnread(fences, runbook.file)
  manualItems(state, page.steps, above, context)
}

/**
 * Hides a dialog's fence, because its step draws the dialog; the lines of its turns identify the
 * fence.
 */
function hideDialogs(fences: Map<number, Token>, { runbook }: PageView): void {
  for (const turn of runbook.steps.flatMap(dialogOf)) {
    const { line } = turn.span.start
    const found = [...fences].find(
      ([start, token]) => start < line && line <= start + token.content.split('\n').length,
    )
    if (!found) continue
    const [start, token] = found
    if (!/^\s*dialog\b/i.test(token.info)) refuse(runbook.file, line, messages.noDialog)
    fences.delete(start)
    hide(token)
  }
}

function dialogOf(step: Step) {
  return step.kind === 'shell' || step.kind === 'console' ? step.dialog : []
}

/**
 * Refuses a fence that looks like a step but is not one for our parser: it would look like prose.
 */
function refuseUnread(fences: ReadonlyMap<number, Token>, file: string): void {
  for (const [line, { info }] of fences) {
    const isShell =
      /^\s*(?:bash|sh|shell|zsh|console|shellsession|shell-session)(?=[\s{[:,]|$)/i.test(info)
    if (isShell && !/\{[^}]*\bexample\b/.test(info)) {
      refuse(file, line, messages.noStep)
    }
  }
}

function hide(token: Token): void {
  token.type = 'rb_hidden'
  token.tag = ''
}
