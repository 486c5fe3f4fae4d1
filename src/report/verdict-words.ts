import type { Lang } from '../check/check-sentence.ts'
import type { PlannedStep, Verdict } from '../plan/plan-run.ts'

/**
 * One word a verdict, in the reader's language; `confirm` for a dangerous step that would run,
 * `waits` for one whose condition a step before has to bring about.
 */
export const verdictWords: Readonly<
  Record<Lang, Readonly<Record<Verdict | 'confirm' | 'waits', string>>>
> = {
  zh: {
    run: '执行',
    done: '已做',
    skip: '跳过',
    blocked: '受阻',
    manual: '人工',
    confirm: '确认',
    waits: '等待',
  },
  en: {
    run: 'run',
    done: 'done',
    skip: 'skip',
    blocked: 'blocked',
    manual: 'manual',
    confirm: 'confirm',
    waits: 'waits',
  },
}

/** The word for what a plan says of a step. */
export function verdictWord({ step, verdict, waitsFor }: PlannedStep, lang: Lang): string {
  const words = verdictWords[lang]
  if (verdict !== 'run') return words[verdict]
  if (step.danger !== undefined) return words.confirm
  return waitsFor.length > 0 ? words.waits : words.run
}
