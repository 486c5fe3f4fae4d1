import type { Lang } from '../model/message.ts'
import type { Reason } from '../model/run-event.ts'
import type { StepStatus } from '../model/step-status.ts'
import { messages } from './messages.ts'
import { statusWords } from '../model/messages.ts'

/**
 * The word for a step's end. A step that `--yes` accepted is not "confirmed", and an edited step is
 * not the page's.
 */
export function statusWord(
  {
    status,
    reason,
    isDeviation = false,
  }: {
    readonly status: StepStatus
    readonly reason: Reason | null
    readonly isDeviation?: boolean
  },
  lang: Lang,
): string {
  const word = status === 'confirmed' && reason === 'assumed' ? 'assumed' : status
  if (!isDeviation) return statusWords[word][lang]
  return messages.inBrackets(statusWords[word], statusWords.edited)[lang]
}
