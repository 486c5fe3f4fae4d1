import type { Lang } from '../check/check-sentence.ts'
import type { StepStatus } from '../model/run-event.ts'

/** One word a status, in the reader's language. */
export const statusWords: Readonly<Record<Lang, Readonly<Record<StepStatus | 'notRun', string>>>> =
  {
    zh: {
      passed: '通过',
      changed: '已修改',
      skipped: '跳过',
      failed: '失败',
      confirmed: '已确认',
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
      cancelled: 'cancelled',
      lost: 'lost',
      unknown: 'unknown',
      notRun: 'not run',
    },
  }
