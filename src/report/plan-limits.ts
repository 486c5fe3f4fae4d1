/** The limits that a run would keep to, as a plan shows them: only those that were asked for. */

import type { Lang } from '../check/check-sentence.ts'
import { renderDuration } from '../model/duration.ts'

export interface PlanLimits {
  readonly timeoutMs?: number
  readonly parallel?: number
  readonly canary?: number
  readonly batchPercent?: number
  readonly maxFailPercent?: number
}

/** The flags that set a limit. */
interface LimitFlags {
  readonly timeout?: number | undefined
  readonly parallel?: number | undefined
  readonly canary?: number | undefined
  readonly batch?: number | undefined
  readonly maxFail?: number | undefined
}

export function planLimits(flags: LimitFlags): PlanLimits {
  const { timeout: timeoutMs, parallel, canary, batch, maxFail } = flags
  return {
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(parallel === undefined ? {} : { parallel }),
    ...(canary === undefined ? {} : { canary }),
    ...(batch === undefined ? {} : { batchPercent: batch }),
    ...(maxFail === undefined ? {} : { maxFailPercent: maxFail }),
  }
}

/** One line; empty where nothing was asked for. */
export function renderLimits(limits: PlanLimits, lang: Lang): string {
  const zh = lang === 'zh'
  const { timeoutMs, parallel, canary, batchPercent, maxFailPercent } = limits
  const parts = [
    ...(timeoutMs === undefined
      ? []
      : [
          zh
            ? `每条命令最长 ${renderDuration(timeoutMs)}`
            : `each command at most ${renderDuration(timeoutMs)}`,
        ]),
    ...(parallel === undefined
      ? []
      : [zh ? `同时最多 ${parallel} 台主机` : `at most ${parallel} hosts at a time`]),
    ...(canary === undefined ? [] : [zh ? `先运行 ${canary} 台` : `${canary} first`]),
    ...(batchPercent === undefined
      ? []
      : [zh ? `每批 ${batchPercent}%` : `batches of ${batchPercent}%`]),
    ...(maxFailPercent === undefined
      ? []
      : [
          zh
            ? `失败超过 ${maxFailPercent}% 就不再继续`
            : `no further batch once more than ${maxFailPercent}% failed`,
        ]),
  ]
  if (parts.length === 0) return ''
  return `${zh ? '限制：' : 'limits: '}${parts.join(zh ? '，' : ', ')}`
}
