/** Addresses of the pages of runs. */

import { element } from './elements.ts'
import { documentLang, runsWords } from './runs-words.ts'

const page = '/_runbook/runs.html'

export const runsHref = page

export function runHref(run: string, anchor = ''): string {
  const hash = anchor === '' ? '' : `#${encodeURIComponent(anchor)}`
  return `${page}?run=${encodeURIComponent(run)}${hash}`
}

export function compareHref(run: string, other: string): string {
  return `${page}?run=${encodeURIComponent(run)}&with=${encodeURIComponent(other)}`
}

/** A step on a host: the id of its row, as in a run's events. */
export function stepKey({ step, host }: { readonly step: string; readonly host: string }): string {
  return `${step}@${host}`
}

/** With a target, so that VitePress does not take it for a page of the site. */
export function runsLink(): HTMLElement {
  const text = runsWords.runs[documentLang()]
  return element('a', { href: runsHref, target: '_self', class: 'rb-runs-link' }, text)
}

/** Leads to all lines of a step's output. */
export function allLinesLink(run: string, key: string): HTMLElement {
  const text = runsWords.allLines[documentLang()]
  return element('a', { href: runHref(run, key), target: '_self' }, text)
}
