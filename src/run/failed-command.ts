/** The end of a step whose command was killed, lost or cancelled. */

import type { Lang } from '../check/check-sentence.ts'
import { renderDuration } from '../model/duration.ts'
import type { ScriptStep, ShellStep } from '../model/step.ts'
import { messages } from './messages.ts'
import type { CommandEnd } from './ports.ts'
import type { RunOptions } from './run-options.ts'
import { failed, interrupted, type StepEnd } from './step-end.ts'

interface Notes {
  readonly options: Pick<RunOptions, 'lang' | 'timeoutMs'>
  /** The prompt that the page would have answered next. */
  readonly next: string | undefined
  /** Of what the command printed, empty where it printed nothing; `undefined`: not to be shown. */
  readonly lastLine: string | undefined
}

export function failedEnd(
  end: Exclude<CommandEnd, { readonly kind: 'exited' }>,
  step: ShellStep | ScriptStep,
  { options, next, lastLine }: Notes,
): StepEnd {
  const { lang } = options
  switch (end.kind) {
    case 'timeout': {
      const after = renderDuration(options.timeoutMs ?? step.timeoutMs)
      const line = lastLine === undefined ? '' : messages.lastLine[lang](lastLine)
      return failed('timeout', withKilled(messages.timeout[lang](after), end.ended, lang) + line)
    }
    case 'waiting': {
      const message =
        next === undefined
          ? messages.waiting[lang](end.prompt)
          : messages.waitingForOther[lang](end.prompt, next)
      return failed('waiting-for-input', withKilled(message, end.ended, lang))
    }
    case 'too-much':
      return failed('output-limit', withKilled(messages.tooMuch[lang](), end.ended, lang))
    case 'disk-full':
      return failed('disk-full', messages.diskFull[lang](end.wasRun))
    case 'cancelled':
      return interrupted(
        withKilled(messages.cancelled[lang](end.ended.length > 0), end.ended, lang),
      )
    case 'lost-folder':
      return failed('precondition', messages.lostFolder[lang](end.folder))
    case 'lost':
      return lostEnd(end.cause, options)
    default:
      return end satisfies never
  }
}

/** No status can be known any more. */
export function lostEnd(cause: string, { lang }: Pick<RunOptions, 'lang'>): StepEnd {
  return {
    status: 'lost',
    reason: 'command-lost',
    message: messages.lost[lang](cause),
    exit: null,
  }
}

/** @param killed - The processes that were killed with the command. */
function withKilled(message: string, killed: readonly string[], lang: Lang): string {
  if (killed.length === 0) return message
  const names = killed.join(', ')
  return lang === 'zh' ? `${message}：${names}` : `${message}: ${names}`
}
