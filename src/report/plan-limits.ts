/** The limits of a run, as a plan shows them; only those that were requested. */

import { joined, type Lang } from '../model/message.ts'
import { messages } from './messages.ts'
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

/** One line; empty if no limit was requested. */
export function renderLimits(limits: PlanLimits, lang: Lang): string {
  const { timeoutMs, parallel, canary, batchPercent, maxFailPercent } = limits
  const parts = [
    ...(timeoutMs === undefined ? [] : [messages.commandAtMost(renderDuration(timeoutMs))]),
    ...(parallel === undefined ? [] : [messages.hostsAtATime(parallel)]),
    ...(canary === undefined ? [] : [messages.canary(canary)]),
    ...(batchPercent === undefined ? [] : [messages.batches(batchPercent)]),
    ...(maxFailPercent === undefined ? [] : [messages.maxFail(maxFailPercent)]),
  ]
  if (parts.length === 0) return ''
  return messages.limits(joined(parts))[lang]
}
