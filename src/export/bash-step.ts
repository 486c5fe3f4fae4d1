/** One step as a block of plain bash that can be left with `break`. */

import { checkSentence } from '../check/check-sentence.ts'
import type { Check } from '../model/check.ts'
import type { Lang } from '../model/message.ts'
import { declaredNames, type Runbook } from '../model/runbook.ts'
import type { Step } from '../model/step.ts'
import { stepTitle } from '../model/step-title.ts'
import { allHold } from './bash-check.ts'
import { input } from './bash-input.ts'
import { failure, ran, started } from './bash-run.ts'
import { oneLine, quoted } from './bash-words.ts'
import { handReason } from './by-hand.ts'
import { messages } from './messages.ts'

export function bashStep(runbook: Runbook, step: Step, lang: Lang): string {
  const title = quoted(oneLine(stepTitle(step)))
  const always = step.always ? ' always' : ''
  const body = [...conditions(step, lang), ...work(runbook, step, lang), ...after(step, lang)]
  return [
    `# ${messages.line(step.span.start.line)[lang]}: ${oneLine(stepTitle(step))}`,
    `while rb_begin ${quoted(step.id)} ${title}${always}; do`,
    ...body,
    '  rb_pass; break',
    'done',
  ].join('\n')
}

function sentences(checks: readonly Check[], lang: Lang): string {
  return checks.map((check) => checkSentence(check, lang)).join('; ')
}

function skip(text: string): string {
  return `{ rb_skip ${quoted(text)}; break; }`
}

function conditions(step: Step, lang: Lang): readonly string[] {
  const { variant, when, unless, needs, danger } = step
  return [
    ...(variant ? [`  rb_is_free ${variant.group} || ${skip(messages.otherVariant[lang])}`] : []),
    ...(when.length > 0
      ? [`  ${allHold(when)} || ${skip(messages.notForThisHost(sentences(when, lang))[lang])}`]
      : []),
    ...(variant ? [`  rb_take ${variant.group}`] : []),
    ...(unless.length > 0
      ? [`  if ${allHold(unless)}; then rb_is_done ${quoted(sentences(unless, lang))}; break; fi`]
      : []),
    ...(needs.length > 0
      ? [
          `  ${allHold(needs)} || ${failure(step, quoted(messages.notHeld(sentences(needs, lang))[lang]))}`,
        ]
      : []),
    ...(danger === undefined
      ? []
      : [
          `  rb_danger ${quoted(messages.danger(danger)[lang])} || ${failure(step, quoted(messages.danger(danger)[lang]))}`,
        ]),
  ]
}

function after(step: Step, lang: Lang): readonly string[] {
  const checks = [...step.ready, ...step.ensures]
  if (checks.length === 0) return []
  const seconds = Math.ceil(step.withinMs / 1000)
  const all = allHold(checks)
  return [
    `  rb_until=$((SECONDS + ${seconds})); until { ${all}; } || [ "$SECONDS" -ge "$rb_until" ]; do sleep 0.5; done`,
    `  ${all} || ${failure(step, quoted(messages.notHeld(sentences(checks, lang))[lang]))}`,
  ]
}

function work(runbook: Runbook, step: Step, lang: Lang): readonly string[] {
  const reason = handReason(runbook, step)
  if (reason) return byHand(step, messages.byHand(reason)[lang])
  switch (step.kind) {
    case 'manual':
      return byHand(step, step.text)
    case 'file':
      return [
        `  ${step.edit === 'line' ? 'rb_lines' : 'rb_file'} ${quoted(step.path)} '${step.mode ?? ''}' ${input(step.content.replace(/\n$/, ''), step.expand ? declaredNames(runbook) : undefined)}`,
        `  rb_ok $? 0 || ${failure(step, '"$rb_word_status $rb_status"')}`,
      ]
    case 'patch':
      return [
        `  rb_patch ${quoted(step.path)} ${input(step.patch.replace(/\n$/, ''), undefined)}`,
        `  rb_ok $? 0 || ${failure(step, '"$rb_word_status $rb_status"')}`,
      ]
    case 'shell':
    case 'console':
    case 'script':
      return step.background ? started(runbook, step) : ran(runbook, step, lang)
    default:
      return step satisfies never
  }
}

function byHand(step: Step, text: string): readonly string[] {
  const manual = step.kind === 'manual' ? ' manual' : ''
  return [`  rb_by_hand ${quoted(text)}${manual} || ${failure(step, quoted(oneLine(text)))}`]
}
