/**
 * A plan for people and for programs.
 */

import { checkSentence, type Lang } from '../check/check-sentence.ts'
import { cutMiddle, displayWidth, padDisplay } from '../diagnostic/display-width.ts'
import { visibleText } from '../diagnostic/visible-text.ts'
import type { Plan, PlannedStep } from '../plan/plan-run.ts'
import { stepTitle } from '../model/step-title.ts'
import type { Palette } from './style.ts'
import { verdictWords } from './verdict-words.ts'

export interface RenderPlanOptions {
  readonly lang: Lang
  readonly palette: Palette
  readonly columns: number
}

/** What `plan --json` prints (CLI.md). */
export function planDocument(plans: readonly Plan[]): object {
  const hosts = plans.flatMap((plan) => plan.hosts)
  const steps = plans.flatMap((plan) => plan.steps)
  const pageNeeds = plans.flatMap((plan) => plan.pageNeeds)
  return {
    v: 1,
    hosts,
    needs: pageNeeds.map(({ runbook, host, answer }) => ({
      runbook: runbook.file,
      host,
      ...answer,
    })),
    steps: steps.map(({ address, host, verdict, reason, decidedBy, answers }) => ({
      id: address,
      host,
      verdict,
      reason: reason ?? null,
      decidedBy: decidedBy?.check ?? null,
      checks: answers,
    })),
  }
}

/** One plan for people: what would happen, step by step. */
export function renderPlan(plan: Plan, { lang, palette, columns }: RenderPlanOptions): string {
  const lines: string[] = []
  for (const runbook of plan.runbooks) {
    const title = `${palette.strong(visibleText(runbook.file))} · ${visibleText(runbook.title)}`
    const hosts = plan.hosts
      .map(({ name, address, platform }) => `${name} → ${address} · ${platform}`)
      .join('  ')
    lines.push(`${title}   ${palette.dim(visibleText(hosts))}`)
    const needs = plan.pageNeeds
      .filter((need) => need.runbook === runbook)
      .map(({ check, answer }) => {
        const { holds } = answer
        const found =
          holds || answer.actual === ''
            ? ''
            : lang === 'zh'
              ? `（现在：${answer.actual}）`
              : ` (found: ${answer.actual})`
        return `${holds ? palette.good(palette.unicode ? '✔' : 'ok') : palette.bad(palette.unicode ? '✘' : 'FAIL')} ${visibleText(checkSentence(check, lang) + found)}`
      })
    if (needs.length > 0) lines.push(`${lang === 'zh' ? '需要' : 'needs'}  ${needs.join('   ')}`)
    lines.push('')
    for (const [index, step] of plan.steps.entries()) {
      if (step.runbook === runbook)
        lines.push(stepLine(index + 1, step, { lang, palette, columns }))
    }
    lines.push('')
  }
  return `${[...lines, summaryLine(plan, lang)].join('\n')}\n`
}

function stepLine(
  number: number,
  planned: PlannedStep,
  { lang, palette, columns }: RenderPlanOptions,
): string {
  const { step, verdict, decidedBy } = planned
  const word =
    verdictWords[lang][verdict === 'run' && step.danger !== undefined ? 'confirm' : verdict]
  const coloured =
    verdict === 'blocked' ? palette.bad : verdict === 'run' ? palette.strong : palette.dim
  const head = `  ${String(number).padStart(3)}  ${padDisplay(visibleText(step.id), 16)}  ${coloured(padDisplay(word, 7))}  `
  const decided =
    decidedBy === undefined
      ? ''
      : `${decidedBy.check}${decidedBy.actual === '' ? '' : ` (${decidedBy.actual})`}`
  const text =
    verdict === 'run' || verdict === 'manual' ? (step.danger ?? stepTitle(step)) : decided
  return `${head}${cutMiddle(visibleText(text), Math.max(20, columns - displayWidth(head)))}`
}

function summaryLine({ steps, pageNeeds }: Plan, lang: Lang): string {
  const words = verdictWords[lang]
  const counts = (['run', 'done', 'skip', 'blocked', 'manual'] as const)
    .map((verdict) => ({ verdict, count: steps.filter((step) => step.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${words[verdict]} ${count}`)
  const isBlocked = pageNeeds.some(({ answer }) => !answer.holds)
  const nothing = lang === 'zh' ? '什么都没有运行。' : 'Nothing was run.'
  const blocked = isBlocked
    ? lang === 'zh'
      ? '页面的前提不成立。'
      : 'The page needs what does not hold. '
    : ''
  return `${counts.join(lang === 'zh' ? '，' : ', ')}${lang === 'zh' ? '。' : '. '}${blocked}${nothing}`
}
