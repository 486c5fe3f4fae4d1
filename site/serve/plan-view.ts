/** Shows a plan on the page: a verdict below each step, and what holds for the whole run above the bar. */

import { messages, sourceWords, verdictWords } from '../../src/report/messages.ts'
import type { PlanDocument, PlannedStep, Wish } from './api.ts'
import { diffView } from './diff-view.ts'
import { button, element } from './elements.ts'
import { pageLang, type RunWords } from './words.ts'

export interface PlanViewOptions {
  readonly document: PlanDocument
  readonly wish: Wish
  readonly words: RunWords
  readonly stepElement: (address: string) => HTMLElement | undefined
  readonly run: () => void
  readonly close: () => void
}

export class PlanView {
  readonly element: HTMLElement
  readonly #parts: readonly HTMLElement[]

  constructor(options: PlanViewOptions) {
    this.element = panel(options)
    this.#parts = options.document.steps.map((step) => {
      const part = stepPart(step, options.words)
      options.stepElement(step.id)?.append(part)
      return part
    })
  }

  clear(): void {
    for (const part of [this.element, ...this.#parts]) part.remove()
  }
}

function panel({ document: plan, wish, words, run, close }: PlanViewOptions): HTMLElement {
  const lang = pageLang()
  const counts = verdicts
    .map(
      (verdict) => [verdict, plan.steps.filter((each) => each.verdict === verdict).length] as const,
    )
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${verdictWords[verdict][lang]} ${count}`)
  const hosts = plan.hosts.map(
    ({ name, address, platform }) => `${name} → ${address} · ${platform}`,
  )
  const values = plan.values.map(({ name, secret, source }) => {
    const given = secret ? undefined : wish.values[name]
    if (given !== undefined) return `${name}=${given}`
    const word = sourceWords[source][lang]
    return secret ? `${name}=*** (${word})` : `${name} (${word})`
  })
  const needs = plan.needs.map(({ check, holds, actual }) => {
    if (holds === null) return `? ${check} (${messages.notAsked[lang]})`
    return `${holds ? '✔' : '✘'} ${check}${holds || actual === '' ? '' : ` (${actual})`}`
  })
  const runs = button(words.runPlan, run, { 'data-runbook-do': 'run-plan' })
  return element(
    'section',
    { class: 'rb-plan-panel', 'aria-label': words.plan },
    element('p', {}, element('b', {}, words.plan), ` ${counts.join(' · ')}`),
    list(hosts),
    list(needs),
    list(values),
    element(
      'div',
      { class: 'rb-question-actions' },
      runs,
      button(words.closePlan, close, { 'data-runbook-do': 'close-plan' }),
    ),
  )
}

const verdicts = ['run', 'done', 'skip', 'blocked', 'manual'] as const

function list(lines: readonly string[]): HTMLElement | undefined {
  if (lines.length === 0) return undefined
  return element('ul', {}, ...lines.map((line) => element('li', {}, line)))
}

function stepPart(step: PlannedStep, words: RunWords): HTMLElement {
  const lang = pageLang()
  const { verdict, host, decidedBy, checks, waitsFor, file } = step
  const decided = checks.find(({ check }) => check === decidedBy)
  const why =
    decidedBy === null
      ? undefined
      : decided && decided.actual !== ''
        ? `${decidedBy} (${decided.actual})`
        : decidedBy
  const unasked = checks.filter(({ holds }) => holds === null).map(({ check }) => check)
  const head = [verdictWords[verdict][lang], host, ...(why === undefined ? [] : [why])]
  const notes = [
    ...waitsFor.map(({ check, step: before }) =>
      before === null ? messages.mayBeMet(check)[lang] : messages.waitsForStep(before, check)[lang],
    ),
    ...(unasked.length === 0 ? [] : [messages.notAskedChecks(unasked.join(' '))[lang]]),
  ]
  const diff = file?.diff ?? file?.why ?? undefined
  return element(
    'section',
    { class: `rb-plan rb-plan-${verdict}`, 'data-runbook-plan': verdict, 'aria-label': words.plan },
    element('p', {}, `${words.plan}: ${head.join(' · ')}`),
    ...notes.map((note) => element('p', { class: 'rb-plan-note' }, note)),
    diff === undefined ? undefined : diffView(diff),
  )
}
