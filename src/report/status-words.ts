import type { Lang } from '../check/check-sentence.ts'
import type { Reason } from '../model/run-event.ts'
import type { StepStatus } from '../model/step-status.ts'

/** One word a status, in the reader's language. */
export const statusWords: Readonly<
  Record<Lang, Readonly<Record<StepStatus | 'assumed' | 'notRun' | 'edited', string>>>
> = {
  zh: {
    passed: '通过',
    changed: '已修改',
    skipped: '跳过',
    failed: '失败',
    confirmed: '已确认',
    assumed: '视为完成',
    cancelled: '中断',
    lost: '结果不明',
    unknown: '没有回答',
    notRun: '未运行',
    edited: '改过再运行',
  },
  en: {
    passed: 'passed',
    changed: 'changed',
    skipped: 'skipped',
    failed: 'failed',
    confirmed: 'confirmed',
    assumed: 'taken as done',
    cancelled: 'cancelled',
    lost: 'lost',
    unknown: 'unknown',
    notRun: 'not run',
    edited: 'edited by hand',
  },
}

/**
 * The word for how a step ended: what `--yes` took as done is not confirmed, and what a person edited
 * is not what the page says.
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
  const words = statusWords[lang]
  const word = status === 'confirmed' && reason === 'assumed' ? words.assumed : words[status]
  if (!isDeviation) return word
  return lang === 'zh' ? `${word}（${words.edited}）` : `${word} (${words.edited})`
}
