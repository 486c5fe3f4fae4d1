/** The part of a page before its first step: conditions, values, where the page was verified. */

import type { RunbookRecord } from '../model/record.ts'
import { pageName, type Runbook, type Variable } from '../model/runbook.ts'
import { markupOf } from '../text/markup.ts'
import { drawTimeline } from '../timeline/draw-timeline.ts'
import { recordTimeline } from '../timeline/record-timeline.ts'
import { escapeHtml } from './escape-html.ts'
import type { PageView } from './page-view.ts'
import { renderCheck } from './render-chips.ts'
import { renderDay, renderStateBadge } from './render-records.ts'
import { countStates, platformName } from './step-view.ts'
import type { SiteLang, Words } from './words.ts'

export interface PageHeadContext {
  readonly words: Words
  readonly lang: SiteLang
  /** The title of a page that `requires` names; `undefined` if there is no such page. */
  readonly titleOf: (link: string) => string | undefined
}

export function renderPageHead(page: PageView, context: PageHeadContext): string {
  const { words } = context
  return (
    `<div class="rb-top" v-pre>` +
    renderCounts(page, words) +
    renderBefore(page.runbook, context) +
    renderVariables(page.runbook, words) +
    renderRecords(page, context) +
    `</div>\n`
  )
}

export function renderCounts({ steps }: Pick<PageView, 'steps'>, words: Words): string {
  const counts = [...countStates(steps)]
  const total = counts.reduce((sum, [, count]) => sum + count, 0)
  const items = counts.map(
    ([state, count]) =>
      `<li data-state="${state}" data-count="${count}">${renderStateBadge(state, undefined, words)}<b>${count}</b></li>`,
  )
  return (
    `<ul class="rb-counts" aria-label="${escapeHtml(words.overview)}">` +
    `<li>${escapeHtml(words.stepCount(total))}</li>${items.join('')}</ul>`
  )
}

function renderBefore(runbook: Runbook, { words, lang, titleOf }: PageHeadContext): string {
  const { requires, needs, roles } = runbook
  const rows: string[] = []
  if (requires.length > 0) {
    const links = requires.map((link) => {
      const title = titleOf(link)
      const text = escapeHtml(title ?? link)
      if (title === undefined) return `<li>${text}</li>`
      const href = `./${link.replace(/^\.\//, '').replace(/\.md(?=#|$)/, '')}`
      return `<li><a href="${escapeHtml(href)}">${text}</a></li>`
    })
    rows.push(
      `<div><dt>${escapeHtml(words.requires)}</dt><dd><ul class="rb-pages-before">${links.join('')}</ul></dd></div>`,
    )
  }
  if (needs.length > 0) {
    const chips = needs.map((check) => renderCheck(check, 'needs', words, lang)).join('')
    rows.push(
      `<div><dt>${escapeHtml(words.conditions)}</dt><dd><ul class="rb-chips">${chips}</ul></dd></div>`,
    )
  }
  if (roles.length > 0) {
    const items = roles.map(
      ({ name, title, host }) =>
        `<li class="rb-chip ${host === 'local' ? 'rb-local' : 'rb-role'}">${escapeHtml(title)}` +
        (title === name ? '' : ` <code>${escapeHtml(name)}</code>`) +
        `</li>`,
    )
    rows.push(
      `<div><dt>${escapeHtml(words.hosts)}</dt><dd><ul class="rb-chips">${items.join('')}</ul></dd></div>`,
    )
  }
  if (rows.length === 0) return ''
  return `<section class="rb-before" aria-label="${escapeHtml(words.before)}"><p class="rb-h">${escapeHtml(words.before)}</p><dl>${rows.join('')}</dl></section>`
}

function renderVariables({ variables, roles }: Runbook, words: Words): string {
  if (variables.length === 0) return ''
  const fields = variables.map((variable) => renderVariable(variable, roles, words))
  return (
    `<fieldset class="rb-values"><legend>${escapeHtml(words.values)}</legend>` +
    `<p class="rb-hint">${escapeHtml(words.valuesHint)}</p><div class="rb-fields">${fields.join('')}</div></fieldset>`
  )
}

function renderVariable(variable: Variable, roles: Runbook['roles'], words: Words): string {
  const { name, secret, ask, pattern, address } = variable
  const role = roles.find((one) => one.name === address)
  const about = ask ?? (address === undefined ? '' : words.addressHint(role?.title ?? address))
  const hint = secret ? `<small>${escapeHtml(words.secretHint)}</small>` : ''
  const attributes: [string, string | undefined][] = [
    ['type', secret ? 'password' : 'text'],
    ['data-runbook-var', name],
    ['placeholder', secret ? undefined : variable.default],
    ['data-pattern', pattern],
    ['autocomplete', secret ? 'new-password' : 'off'],
    ['autocapitalize', 'off'],
    ['spellcheck', 'false'],
  ]
  const text = attributes
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${escapeHtml(value)}"`))
    .join('')
  return (
    `<label class="rb-field"><span><code>${escapeHtml(name)}</code> ${escapeHtml(about)} ${hint}</span>` +
    `<input${text}>` +
    `<small class="rb-invalid" hidden="">${escapeHtml(words.invalidValue)}<code>${escapeHtml(pattern ?? '')}</code></small></label>`
  )
}

function renderRecords(
  { records, runbook }: PageView,
  { words, lang }: Pick<PageHeadContext, 'words' | 'lang'>,
): string {
  if (records.length === 0) {
    return (
      `<p class="rb-where rb-nowhere">${escapeHtml(words.neverVerified)} ${escapeHtml(words.neverVerifiedHow)}` +
      `<code>runbook exec ${escapeHtml(pageName(runbook.file))}.md${runbook.roles.length === 0 ? '' : ' --host HOST'} --record</code></p>`
    )
  }
  const items = records.map((record) => `<li>${renderRecord(record, { words, lang })}</li>`)
  return `<ul class="rb-where" aria-label="${escapeHtml(words.verifiedOn)}">${items.join('')}</ul>`
}

function renderRecord(
  record: RunbookRecord,
  { words, lang }: Pick<PageHeadContext, 'words' | 'lang'>,
): string {
  const { host, platform, run, tool, at } = record
  const facts: [string, string][] = [
    [words.system, `${host.os}, ${host.arch}, ${host.kernel}, bash ${host.bash}`],
    [words.hostKey, host.hostKey ?? words.localHost],
    [words.run, run],
    [words.tool, tool],
  ]
  const list = facts.map(
    ([term, value]) => `<div><dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}</dd></div>`,
  )
  return (
    `<details data-platform="${escapeHtml(platform)}"><summary>${escapeHtml(words.verifiedOn)} <b>${escapeHtml(platformName(record))}</b>` +
    `<span>${escapeHtml(host.name)}</span>${renderDay(at)}</summary><dl>${list.join('')}</dl>${renderTimeline(record, lang)}</details>`
  )
}

/** When its steps ran; nothing for a record of skipped steps only. */
function renderTimeline(record: RunbookRecord, lang: SiteLang): string {
  const timeline = recordTimeline(record, (id) => id)
  if (timeline.bars.length === 0) return ''
  const name = `record-${record.platform}`
  const markup = markupOf(drawTimeline(timeline, { lang, name, hrefOf }))
  return markup.replaceAll(/\{(?=\{)/g, '&#123;')
}

function hrefOf({ step }: { readonly step: string }): string {
  return `#${encodeURIComponent(step)}`
}
