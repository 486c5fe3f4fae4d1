import { checkSentence, type Lang } from '../check/check-sentence.ts'
import { commandsOf } from '../model/step.ts'
import { givenTitle } from '../model/step-title.ts'
import type { Plan, PlannedStep } from '../plan/plan-run.ts'
import { fenced, inline } from './markdown-text.ts'
import { type PlanLimits, renderLimits } from './plan-limits.ts'
import { verdictWords } from './verdict-words.ts'

const notAsked = { zh: '（没有问）', en: ' (not asked)' } as const

/** A plan as a page for a review: every step with its verdict and the exact text that would run. */
export function renderPlanMarkdown(
  plans: readonly Plan[],
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
          `- [${answer.holds ? 'x' : ' '}] ${inline(checkSentence(check, lang))}${answer.isUnasked ? notAsked[lang] : ''}`,
      )
      .join('\n'),
    ...plan.steps.map((step, index) => renderStep(index + 1, step, lang)),
  ])
  const parts = [...pages, renderLimits(limits, lang)]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function renderStep(number: number, planned: PlannedStep, lang: Lang): string {
  const { step, host, verdict, decidedBy } = planned
  const word = verdictWords[lang][verdict]
  const why =
    decidedBy === undefined ? '' : ` (${inline(decidedBy.check)}: ${inline(decidedBy.actual)})`
  const user = step.user === undefined ? '' : ` · ${inline(step.user)}`
  const unasked = planned.answers.filter(({ isUnasked }) => isUnasked)
  const open = unasked.map(({ check }) => `- [ ] ${inline(check)}${notAsked[lang]}`).join('\n')
  const given = givenTitle(step)
  const title = given === undefined ? '' : ` · ${inline(given)}`
  const head = `## ${number}. ${inline(step.id)}${title} · ${word}${why}`
  const place = `${inline(host)}${user} · ${inline(planned.runbook.file)}:${step.span.start.line}`
  const text = textOf(planned)
  return [head, place, open, text].filter((part) => part !== '').join('\n\n')
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
