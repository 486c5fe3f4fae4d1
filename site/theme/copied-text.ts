/** The text that a copy button copies: its code with the reader's values. */

import { shownValue } from './reader-values.ts'

/** The text of a `<code>` element on the page. */
function copiedText(code: Element): string {
  let text = ''
  for (const node of code.childNodes) {
    if (node instanceof HTMLElement && node.matches('.rb-var')) text += shownValue(node).text
    else if (node instanceof Element) text += copiedText(node)
    else text += node.textContent ?? ''
  }
  return text
}

/** The text for a button; `undefined` if it is not a copy button. */
export function textOfButton(button: Element): string | undefined {
  if (button.matches('[data-runbook-copy]')) {
    return joined(button.closest('.rb-command')?.querySelectorAll('.rb-code code'))
  }
  if (button.matches('[data-runbook-copy-answer]')) {
    return joined(button.closest('.rb-turn')?.querySelectorAll('.rb-answer'))
  }
  if (button.matches('[data-runbook-copy-step]')) {
    return joined(
      button.closest('.rb-step')?.querySelectorAll('[data-runbook-command] .rb-code code'),
    )
  }
  return undefined
}

function joined(codes: NodeListOf<Element> | undefined): string | undefined {
  if (codes === undefined || codes.length === 0) return undefined
  return [...codes].map(copiedText).join('\n')
}
