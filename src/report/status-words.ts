import type { Lang } from '../check/check-sentence.ts'
import type { Reason, StepStatus } from '../model/run-event.ts'

/** One word a status, in the reader's language. */
export const statusWords: Readonly<
  Record<Lang, Readonly<Record<StepStatus | 'assumed' | 'notRun', string>>>
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
  },
}

/** The word for how a step ended: what `--yes` waved through was confirmed by nobody. */
export function statusWord(
  { status, reason }: { readonly status: StepStatus; readonly reason: Reason | null },
  lang: Lang,
): string {
  const words = statusWords[lang]
  return status === 'confirmed' && reason === 'assumed' ? words.assumed : words[status]
}
