import type { Lang } from '../model/message.ts'
import type { PlannedStep } from '../plan/plan-run.ts'
import { verdictWords } from './messages.ts'

/** The word for a step's verdict in a plan. */
export function verdictWord({ step, verdict, waitsFor }: PlannedStep, lang: Lang): string {
  const isWaiting = waitsFor.length > 0
  const word = step.danger !== undefined ? 'confirm' : isWaiting ? 'waits' : 'run'
  return verdictWords[verdict === 'run' ? word : verdict][lang]
}
