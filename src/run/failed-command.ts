/** The end of a step whose command was killed, lost or cancelled. */

import type { Message, Lang } from '../model/message.ts'
import { renderDuration } from '../model/duration.ts'
import type { ScriptStep, ShellStep } from '../model/step.ts'
import { messages } from './messages.ts'
import type { CommandEnd } from './ports.ts'
import type { RunOptions } from './run-options.ts'
import { failed, interrupted, type StepEnd } from './step-end.ts'

interface Notes {
  readonly options: Pick<RunOptions, 'lang' | 'timeoutMs'>
  /** The next prompt that the page would have answered. */
  readonly next: string | undefined
  /** Last line of output; empty if there is none, `undefined` if it must not be shown. */
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
      const line = lastLine === undefined ? '' : messages.lastLine(lastLine)[lang]
      return failed('timeout', withKilled(messages.timeout(after)[lang], end.ended, lang) + line)
    }
    case 'waiting': {
      const message =
        next === undefined
          ? messages.waiting(end.prompt)[lang]
          : messages.waitingForOther(end.prompt, next)[lang]
      return failed('waiting-for-input', withKilled(message, end.ended, lang))
    }
    case 'too-much':
      return failed('output-limit', withKilled(messages.tooMuch[lang], end.ended, lang))
    case 'disk-full':
      return failed('disk-full', messages.diskFull(end.wasRun)[lang])
    case 'cancelled':
      return interrupted(
        withKilled(
          (end.ended.length > 0 ? messages.cancelledAndKilled : messages.cancelled)[lang],
          end.ended,
          lang,
        ),
      )
    case 'lost-folder':
      return failed('precondition', messages.lostFolder(end.folder)[lang])
    case 'lost':
      return lostEnd(end.cause, options)
    default:
      return end satisfies never
  }
}

/** The command's status cannot be determined. */
export function lostEnd(cause: Message, { lang }: Pick<RunOptions, 'lang'>): StepEnd {
  return {
    status: 'lost',
    reason: 'command-lost',
    message: messages.lost(cause)[lang],
    exit: null,
  }
}

/** @param killed - Processes that were killed with the command. */
function withKilled(message: string, killed: readonly string[], lang: Lang): string {
  if (killed.length === 0) return message
  return messages.withKilled(message, killed.join(', '))[lang]
}
