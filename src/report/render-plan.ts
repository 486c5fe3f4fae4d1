/**
 * A plan for people and for programs.
 */

import { checkSentence, type Lang } from '../check/check-sentence.ts'
import { cutMiddle, displayWidth, padDisplay } from '../diagnostic/display-width.ts'
import { visibleText } from '../diagnostic/visible-text.ts'
import { actingKind } from '../check/acting-check.ts'
import type { CheckAnswer } from '../model/check.ts'
import type { Plan, PlannedStep } from '../plan/plan-run.ts'
import { givenTitle, stepTitle } from '../model/step-title.ts'
import type { PlanLimits } from './plan-limits.ts'
import type { Palette } from './style.ts'
import { verdictWords } from './verdict-words.ts'

export interface RenderPlanOptions {
  readonly lang: Lang
  readonly palette: Palette
  readonly columns: number
}

/** What `plan --json` prints (CLI.md). */
export function planDocument(plans: readonly Plan[], limits: PlanLimits = {}): object {
  const hosts = plans.flatMap((plan) => plan.hosts)
  const steps = plans.flatMap((plan) => plan.steps)
  const pageNeeds = plans.flatMap((plan) => plan.pageNeeds)
  return {
    v: 1,
    limits,
    hosts,
    needs: pageNeeds.map(({ runbook, host, answer }) => ({
      runbook: runbook.file,
      host,
      ...answerJson(answer),
    })),
    steps: steps.map(({ address, host, step, verdict, reason, decidedBy, answers }) => ({
      id: address,
      title: stepTitle(step),
      host,
      verdict,
      reason: reason ?? null,
      decidedBy: decidedBy?.check ?? null,
      checks: answers.map(answerJson),
    })),
  }
}

/** `holds` is `null` for a check that was not asked. */
function answerJson({ check, holds, actual, isUnasked }: CheckAnswer): object {
  return { check, holds: isUnasked ? null : holds, actual }
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
        const { holds, isUnasked } = answer
        if (isUnasked) {
          const mark = lang === 'zh' ? '（没有问）' : ' (not asked)'
          return `${palette.dim('?')} ${visibleText(checkSentence(check, lang) + mark)}`
        }
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
  const isTaken = verdict === 'run' || verdict === 'manual'
  const given = givenTitle(step)
  const what = isTaken ? (step.danger ?? stepTitle(step)) : decided
  const titled = given === undefined || given === what ? what : `${given}: ${what}`
  const text = isTaken ? `${titled}${unaskedNote(planned, lang)}` : titled
  return `${head}${cutMiddle(visibleText(text), Math.max(20, columns - displayWidth(head)))}`
}

/** What `exec` will ask before it decides. */
function unaskedNote({ answers }: PlannedStep, lang: Lang): string {
  const checks = answers.filter(({ isUnasked }) => isUnasked).map(({ check }) => check)
  if (checks.length === 0) return ''
  return lang === 'zh' ? `（没有问：${checks.join(' ')}）` : ` (not asked: ${checks.join(' ')})`
}

/** Honest about checks: some run a program. */
function doneLine({ steps, pageNeeds }: Plan, lang: Lang): string {
  const ofSteps = steps.flatMap(({ step, answers }) =>
    [...step.when, ...step.unless, ...step.needs].flatMap((check) => {
      const answer = answers.find((each) => each.check === check.text)
      return answer ? [{ check, answer }] : []
    }),
  )
  const all = [...ofSteps, ...pageNeeds]
  const unasked = all.filter(({ answer }) => answer.isUnasked)
  const ran = all.filter(
    ({ check, answer }) => !answer.isUnasked && actingKind(check.question) === 'program',
  )
  const nothing = { zh: '什么都没有运行。', en: 'Nothing was run.' }[lang]
  const onlyChecks = { zh: '除了检查，什么都没有运行。', en: 'Nothing but checks was run.' }[lang]
  const done = ran.length === 0 ? nothing : onlyChecks
  if (unasked.length === 0) return done
  const flag = {
    zh: `${unasked.length} 个检查会运行命令或连接网络，没有问；\`--run-checks\` 会问。`,
    en: ` Checks that run a program or open a connection, not asked: ${unasked.length}; \`--run-checks\` asks them.`,
  }[lang]
  return `${done}${flag}`
}

function summaryLine(plan: Plan, lang: Lang): string {
  const { steps, pageNeeds } = plan
  const words = verdictWords[lang]
  const counts = (['run', 'done', 'skip', 'blocked', 'manual'] as const)
    .map((verdict) => ({ verdict, count: steps.filter((step) => step.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${words[verdict]} ${count}`)
  const isBlocked = pageNeeds.some(({ answer }) => !answer.holds && !answer.isUnasked)
  const blocked = isBlocked
    ? lang === 'zh'
      ? '页面的前提不成立。'
      : 'The page needs what does not hold. '
    : ''
  return `${counts.join(lang === 'zh' ? '，' : ', ')}${lang === 'zh' ? '。' : '. '}${blocked}${doneLine(plan, lang)}`
}
