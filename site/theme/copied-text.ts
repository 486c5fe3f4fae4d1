/** What a copy button copies: the text of its code, with the reader's values in it. */

import { shownValue } from './reader-values.ts'

/** The text of a `<code>` element that the page drew. */
function copiedText(code: Element): string {
  let text = ''
  for (const node of code.childNodes) {
    if (node instanceof HTMLElement && node.matches('.rb-var')) text += shownValue(node).text
    else if (node instanceof Element) text += copiedText(node)
    else text += node.textContent ?? ''
  }
  return text
}

/** The text that belongs to a button; `undefined` for a button that copies nothing. */
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
