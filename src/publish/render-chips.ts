/** The conditions of a step or a page, as a list of chips. */

import { checkSentence } from '../check/check-sentence.ts'
import type { Check } from '../model/check.ts'
import type { Runbook } from '../model/runbook.ts'
import type { Step } from '../model/step.ts'
import { escapeHtml } from './escape-html.ts'
import type { SiteLang, Words } from './words.ts'

type CheckUse = 'needs' | 'when' | 'unless' | 'ensures' | 'ready'

/** One check, with its sentence for people. */
export function renderCheck(check: Check, use: CheckUse, words: Words, lang: SiteLang): string {
  const sentence = escapeHtml(checkSentence(check, lang))
  const { question } = check
  const link =
    question.kind === 'step' && !question.id.includes('/')
      ? `<a href="#${escapeHtml(encodeURIComponent(question.id))}">${sentence}</a>`
      : sentence
  return (
    `<li class="rb-chip rb-${use}" data-runbook-check="${escapeHtml(check.text)}" title="${escapeHtml(check.text)}">` +
    `<span class="rb-use">${escapeHtml(words[use])}</span> ${link}</li>`
  )
}

/** Host, user and conditions of a step. */
export function renderChips(
  step: Step,
  { roles }: Pick<Runbook, 'roles'>,
  words: Words,
  lang: SiteLang,
): string {
  const role = roles.find(({ name }) => name === step.role) ?? roles[0]
  const chips: string[] = []
  const add = (className: string, text: string) => {
    chips.push(`<li class="rb-chip ${className}">${escapeHtml(text)}</li>`)
  }
  if (role && step.kind !== 'manual')
    add(role.host === 'local' ? 'rb-local' : 'rb-role', role.title)
  if (step.user !== undefined)
    add(step.user === 'root' ? 'rb-root' : 'rb-user', words.asUser(step.user))
  if (step.dir !== undefined) add('rb-dir', words.inFolder(step.dir))
  for (const use of ['needs', 'when', 'unless', 'ensures', 'ready'] as const) {
    chips.push(...step[use].map((check) => renderCheck(check, use, words, lang)))
  }
  if (step.background) add('rb-flag', words.background)
  if (step.reboot) add('rb-flag rb-root', words.reboot)
  if (step.always) add('rb-flag', words.always)
  if (step.undo !== undefined) {
    const id = escapeHtml(step.undo)
    chips.push(
      `<li class="rb-chip rb-flag">${escapeHtml(words.undoneBy)} <a href="#${escapeHtml(encodeURIComponent(step.undo))}">${id}</a></li>`,
    )
  }
  if (chips.length === 0) return ''
  return `<ul class="rb-chips" aria-label="${escapeHtml(words.conditions)}">${chips.join('')}</ul>`
}
