/** The end of a step whose command did not end by itself, or not as it should. */

import { renderDuration } from '../model/duration.ts'
import type { ScriptStep, ShellStep } from '../model/step.ts'
import { messages } from './messages.ts'
import type { CommandEnd } from './ports.ts'
import type { RunOptions } from './run-options.ts'
import { failed, type StepEnd } from './step-end.ts'

interface Notes {
  readonly options: Pick<RunOptions, 'lang' | 'timeoutMs'>
  /** The prompt that the page would have answered next. */
  readonly next: string | undefined
  /** Of what was printed. */
  readonly lastLine: string
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
      const line = step.private ? '' : lastLine
      return failed('timeout', withEnded(messages.timeout[lang](after, line), end.ended))
    }
    case 'waiting': {
      const message =
        next === undefined
          ? messages.waiting[lang](end.prompt)
          : messages.waitingForOther[lang](end.prompt, next)
      return failed('waiting-for-input', withEnded(message, end.ended))
    }
    case 'too-much':
      return failed('output-limit', withEnded(messages.tooMuch[lang](), end.ended))
    case 'disk-full':
      return failed('disk-full', messages.diskFull[lang](end.wasRun))
    case 'cancelled':
      return {
        status: 'cancelled',
        reason: 'interrupted',
        message: withEnded(messages.cancelled[lang](), end.ended),
        exit: null,
      }
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

function withEnded(message: string, ended: readonly string[]): string {
  return ended.length === 0 ? message : `${message} [${ended.join(', ')}]`
}
