/** A plan for people and for programs. */

import { foundMessage } from '../check/messages.ts'
import { messages, verdictWords } from './messages.ts'
import { joined, type Message, type Lang } from '../model/message.ts'
import { checkSentence } from '../check/check-sentence.ts'
import { cutMiddle, displayWidth, padDisplay } from '../text/display-width.ts'
import { visibleText } from '../text/visible-text.ts'
import { actingKind } from '../check/acting-check.ts'
import type { CheckAnswer } from '../model/check.ts'
import type { Runbook } from '../model/runbook.ts'
import type { Plan, PlannedStep } from '../plan/plan-run.ts'
import type { UsedVariable } from '../plan/resolve-variables.ts'
import type { Wait } from '../plan/waits-of.ts'
import type { FileForecast } from '../run/file-change.ts'
import { givenTitle, stepTitle } from '../model/step-title.ts'
import { forecastLines } from './about-lines.ts'
import type { PlanLimits } from './plan-limits.ts'
import { valueLines, valuesJson } from './plan-values.ts'
import type { Palette } from './style.ts'
import { verdictWord } from './verdict-words.ts'

export interface RenderPlanOptions {
  readonly lang: Lang
  readonly palette: Palette
  readonly columns: number
}

/** Findings beside the plan itself. */
export interface PlanFindings {
  /** For the steps that change a file. */
  readonly forecasts: ReadonlyMap<PlannedStep, FileForecast>
  readonly values: readonly UsedVariable[]
}

/** The document of `plan --json` (CLI.md). */
export function planDocument(
  plans: readonly Plan[],
  { forecasts, values }: PlanFindings,
  limits: PlanLimits = {},
): object {
  const hosts = plans.flatMap((plan) => plan.hosts)
  const steps = plans.flatMap((plan) => plan.steps)
  const pageNeeds = plans.flatMap((plan) => plan.pageNeeds)
  return {
    v: 1,
    limits,
    hosts,
    values: valuesJson(values),
    needs: pageNeeds.map(({ runbook, host, answer }) => ({
      runbook: runbook.file,
      host,
      ...answerJson(answer),
    })),
    steps: steps.map((planned) => {
      const { address, host, step, verdict, reason, decidedBy, answers, waitsFor } = planned
      return {
        id: address,
        title: stepTitle(step),
        host,
        verdict,
        reason: reason ?? null,
        decidedBy: decidedBy?.check ?? null,
        checks: answers.map(answerJson),
        waitsFor: waitsFor.map((wait) => ({ check: wait.answer.check, step: wait.step ?? null })),
        ...fileJson(forecasts.get(planned)),
      }
    }),
  }
}

/** Absent for a step that changes no file. */
function fileJson(forecast: FileForecast | undefined): object {
  if (forecast === undefined) return {}
  if (forecast.kind === 'equal') return { file: { change: 'none' } }
  if (forecast.kind === 'unknown') {
    const mayChange = forecast.mayChange ? { mayChange: true } : {}
    return { file: { change: 'unknown', why: forecast.why, ...mayChange } }
  }
  const { isNew, added, removed, diff, hidden, mode } = forecast
  return {
    file: {
      change: isNew ? 'new' : 'changed',
      added,
      removed,
      diff: diff ?? null,
      hidden: hidden ?? null,
      mode: mode ?? null,
    },
  }
}

/** `holds` is `null` for a check that was not asked. */
function answerJson({ check, holds, actual, isUnasked }: CheckAnswer): object {
  return { check, holds: isUnasked ? null : holds, actual }
}

/** One plan for people, step by step. */
export function renderPlan(
  plan: Plan,
  { forecasts, values }: PlanFindings,
  { lang, palette, columns }: RenderPlanOptions,
): string {
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
          const text = messages.inBrackets(checkSentence(check, lang), messages.notAsked)[lang]
          return `${palette.dim('?')} ${visibleText(text)}`
        }
        const condition = checkSentence(check, lang)
        const text =
          holds || answer.actual === ''
            ? condition
            : messages.inBrackets(condition, messages.found(foundMessage(answer.actual)))[lang]
        return `${holds ? palette.good(palette.unicode ? '✔' : 'ok') : palette.bad(palette.unicode ? '✘' : 'FAIL')} ${visibleText(text)}`
      })
    if (needs.length > 0) lines.push(`${messages.needs[lang]}  ${needs.join('   ')}`)
    if (runbook === plan.runbooks[0]) lines.push(...valueLines(values, lang))
    lines.push('')
    for (const [index, step] of plan.steps.entries()) {
      if (step.runbook !== runbook) continue
      lines.push(stepLine(index + 1, step, { lang, palette, columns }))
      const waits = step.waitsFor.map((wait) => waitSentence(wait, runbook, lang))
      lines.push(...waits.map((wait) => indented(`    ${visibleText(wait)}`)))
      const forecast = forecasts.get(step)
      if (forecast) lines.push(...forecastLines(forecast, { lang, palette, columns }).map(indented))
    }
    lines.push('')
  }
  return `${[...lines, summaryLine(plan, lang)].join('\n')}\n`
}

/** Indents below the text of its step. */
function indented(line: string): string {
  return `    ${line}`
}

function stepLine(
  number: number,
  planned: PlannedStep,
  { lang, palette, columns }: RenderPlanOptions,
): string {
  const { step, verdict, decidedBy } = planned
  const word = verdictWord(planned, lang)
  const coloured =
    verdict === 'blocked' ? palette.bad : verdict === 'run' ? palette.strong : palette.dim
  const head = `  ${String(number).padStart(3)}  ${padDisplay(visibleText(step.id), 16)}  ${coloured(padDisplay(word, 7))}  `
  const decided =
    decidedBy === undefined
      ? ''
      : decidedBy.actual === ''
        ? decidedBy.check
        : messages.inBrackets(decidedBy.check, foundMessage(decidedBy.actual))[lang]
  const isTaken = verdict === 'run' || verdict === 'manual'
  const given = givenTitle(step)
  const what = isTaken ? (step.danger ?? stepTitle(step)) : decided
  const titled = given === undefined || given === what ? what : `${given}: ${what}`
  const text = isTaken ? `${titled}${unaskedNote(planned, lang)}` : titled
  return `${head}${cutMiddle(visibleText(text), Math.max(20, columns - displayWidth(head)))}`
}

/** Names the step that must run first, and the condition; a step of the same page by its id. */
export function waitSentence({ answer, step }: Wait, { name }: Runbook, lang: Lang): string {
  const { check } = answer
  if (step === undefined) {
    return messages.mayBeMet(check)[lang]
  }
  const id = step.startsWith(`${name}#`) ? step.slice(name.length + 1) : step
  return messages.waitsForStep(id, check)[lang]
}

/** Checks that `exec` will ask before it decides. */
function unaskedNote({ answers }: PlannedStep, lang: Lang): string {
  const checks = answers.filter(({ isUnasked }) => isUnasked).map(({ check }) => check)
  if (checks.length === 0) return ''
  return messages.inBrackets('', messages.notAskedChecks(checks.join(' ')))[lang]
}

/** States whether checks ran programs on the hosts, and how many were not asked. */
function doneLine({ steps, pageNeeds }: Plan): Message {
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
  const done = ran.length === 0 ? messages.nothingRun : messages.onlyChecksRun
  return unasked.length === 0 ? done : messages.unasked(done, unasked.length)
}

function summaryLine(plan: Plan, lang: Lang): string {
  const { steps, pageNeeds } = plan
  const counts = (['run', 'done', 'skip', 'blocked', 'manual'] as const)
    .map((verdict) => ({ verdict, count: steps.filter((step) => step.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => ({
      zh: `${verdictWords[verdict].zh} ${count}`,
      en: `${verdictWords[verdict].en} ${count}`,
    }))
  const isBlocked = pageNeeds.some(({ answer }) => !answer.holds && !answer.isUnasked)
  const done = doneLine(plan)
  return messages.summary(joined(counts), isBlocked ? messages.needsUnmet(done) : done)[lang]
}
