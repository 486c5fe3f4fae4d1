import type { Lang } from '../check/check-sentence.ts'
import type { Verdict } from '../plan/plan-run.ts'

/** One word a verdict, in the reader's language; `confirm` for a dangerous step that would run. */
export const verdictWords: Readonly<Record<Lang, Readonly<Record<Verdict | 'confirm', string>>>> = {
  zh: { run: '执行', done: '已做', skip: '跳过', blocked: '受阻', manual: '人工', confirm: '确认' },
  en: {
    run: 'run',
    done: 'done',
    skip: 'skip',
    blocked: 'blocked',
    manual: 'manual',
    confirm: 'confirm',
  },
}
