import { escapeHtml } from './escape-html.ts'
import type { PageView } from './page-view.ts'
import { renderDay } from './render-records.ts'
import { renderCounts } from './render-page-head.ts'
import { platformName } from './step-view.ts'
import type { Words } from './words.ts'

/** One page in the list of pages. */
export interface IndexEntry {
  readonly page: PageView
  /** Relative to the site's root: `./04-mysql`. */
  readonly href: string
}

/** The list of a project's pages with their states, shown at `/`. */
export function renderIndex(entries: readonly IndexEntry[], words: Words): string {
  if (entries.length === 0) return `<p class="rb-aside" v-pre>${escapeHtml(words.noPages)}</p>\n`
  const items = entries.map(({ page, href }) => {
    const where = page.records.map(
      (record) => `<li>${escapeHtml(platformName(record))} ${renderDay(record.at)}</li>`,
    )
    return (
      `<li><a href="${escapeHtml(href)}"><span class="rb-name">${escapeHtml(page.runbook.title)}</span>` +
      `<code>${escapeHtml(page.runbook.file)}</code></a>` +
      (page.isRunbook ? renderCounts(page, words) : '') +
      (where.length > 0
        ? `<ul class="rb-platforms" aria-label="${escapeHtml(words.verifiedOn)}">${where.join('')}</ul>`
        : '') +
      `</li>`
    )
  })
  return `<ul class="rb-index" aria-label="${escapeHtml(words.pages)}" v-pre>${items.join('')}</ul>\n`
}
