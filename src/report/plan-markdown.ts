import { foundMessage } from '../check/messages.ts'
import { messages } from './messages.ts'
import { checkSentence } from '../check/check-sentence.ts'
import type { Lang } from '../model/message.ts'
import { commandsOf } from '../model/step.ts'
import { givenTitle } from '../model/step-title.ts'
import type { Plan, PlannedStep } from '../plan/plan-run.ts'
import type { FileForecast } from '../run/file-change.ts'
import { forecastSentence } from './about-lines.ts'
import { fenced, inline } from './markdown-text.ts'
import { type PlanLimits, renderLimits } from './plan-limits.ts'
import { valueLines } from './plan-values.ts'
import { type PlanFindings, waitSentence } from './render-plan.ts'
import { verdictWord } from './verdict-words.ts'

/** A plan as a page for review: every step with its verdict and the exact text that would run. */
export function renderPlanMarkdown(
  plans: readonly Plan[],
  { forecasts, values }: PlanFindings,
  lang: Lang,
  limits: PlanLimits = {},
): string {
  const pages = plans.flatMap((plan) => [
    ...plan.runbooks.map(({ file, title }) => `# ${inline(title)} (${inline(file)})`),
    plan.hosts
      .map(
        ({ name, address, platform }) =>
          `- ${inline(name)} · ${inline(address)} · ${inline(platform)}`,
      )
      .join('\n'),
    plan.pageNeeds
      .map(
        ({ check, answer }) =>
          `- [${answer.holds ? 'x' : ' '}] ${withNotAsked(inline(checkSentence(check, lang)), answer, lang)}`,
      )
      .join('\n'),
    ...plan.steps.map((step, index) => renderStep(index + 1, step, forecasts.get(step), lang)),
  ])
  const asked = valueLines(values, lang).map((line) => `- ${inline(line)}`)
  const parts = [...pages, asked.join('\n'), renderLimits(limits, lang)]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function withNotAsked(
  text: string,
  { isUnasked }: { readonly isUnasked?: boolean },
  lang: Lang,
): string {
  return isUnasked ? messages.inBrackets(text, messages.notAsked)[lang] : text
}

function renderStep(
  number: number,
  planned: PlannedStep,
  forecast: FileForecast | undefined,
  lang: Lang,
): string {
  const { step, host, decidedBy } = planned
  const word = verdictWord(planned, lang)
  const why =
    decidedBy === undefined
      ? ''
      : messages.inBrackets(
          '',
          messages.labelled(inline(decidedBy.check), inline(foundMessage(decidedBy.actual)[lang])),
        )[lang]
  const user = step.user === undefined ? '' : ` · ${inline(step.user)}`
  const unasked = planned.answers.filter(({ isUnasked }) => isUnasked)
  const open = unasked
    .map(({ check }) => `- [ ] ${messages.inBrackets(inline(check), messages.notAsked)[lang]}`)
    .join('\n')
  const waits = planned.waitsFor
    .map((wait) => `- [ ] ${inline(waitSentence(wait, planned.runbook, lang))}`)
    .join('\n')
  const given = givenTitle(step)
  const title = given === undefined ? '' : ` · ${inline(given)}`
  const head = `## ${number}. ${inline(step.id)}${title} · ${word}${why}`
  const place = `${inline(host)}${user} · ${inline(planned.runbook.file)}:${step.span.start.line}`
  const text = textOf(planned)
  const change = forecast === undefined ? '' : renderForecast(forecast, lang)
  return [head, place, open, waits, text, change].filter((part) => part !== '').join('\n\n')
}

function renderForecast(forecast: FileForecast, lang: Lang): string {
  const sentence = inline(forecastSentence(forecast, lang))
  const diff = forecast.kind === 'changes' ? forecast.diff : undefined
  return diff === undefined ? sentence : `${sentence}\n\n${fenced('diff', diff)}`
}

function textOf({ step }: PlannedStep): string {
  if (step.kind === 'manual') return `- [ ] ${inline(step.text)}`
  if (step.kind === 'file') return `${inline(step.path)}\n\n${fenced('text', step.content)}`
  if (step.kind === 'patch') return `${inline(step.path)}\n\n${fenced('diff', step.patch)}`
  const commands = commandsOf(step).map(({ text }) => text)
  const run = step.kind === 'script' ? `${inline(step.run)}\n\n` : ''
  return (
    run +
    fenced(
      step.kind === 'script' ? step.language.replaceAll(/[^\w+.#-]/g, '') : 'bash',
      commands.join('\n'),
    )
  )
}
