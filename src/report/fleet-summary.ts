/**
 * When several hosts are done: a table of hosts and results, and where they did not agree.
 */

import { createHash, type Hash } from 'node:crypto'
import type { Lang } from '../check/check-sentence.ts'
import { alignRows } from '../text/align-rows.ts'
import { visibleText } from '../text/visible-text.ts'
import type { StampedEvent } from '../model/run-event.ts'
import { isDone } from '../model/step-status.ts'
import { endedSteps, type RunState, type StepProgress } from '../run/reduce.ts'
import { statusWords } from './status-words.ts'

/** What steps printed, as digests: enough to see a difference, whatever the size. */
export class OutputDigests {
  readonly #digests = new Map<string, Hash>()

  take(event: StampedEvent): void {
    if (event.kind !== 'output') return
    const key = `${event.step}@${event.host}`
    const digest = this.#digests.get(key) ?? createHash('sha256')
    this.#digests.set(key, digest.update(event.text))
  }

  of(step: string, host: string): string {
    const digest = this.#digests.get(`${step}@${host}`)
    return digest === undefined ? '' : digest.copy().digest('hex')
  }
}

/** Lines without colour; empty for one host. */
export function fleetSummary(
  state: RunState,
  digests: OutputDigests,
  lang: Lang,
): readonly string[] {
  if (state.hosts.length < 2) return []
  const running = [...state.steps.values()].filter(({ status }) => status === 'running')
  const begun = [...endedSteps(state), ...running]
  const rows = state.hosts.map(({ name, platform }) => {
    const planned = state.outline.filter(({ host }) => host === name).length
    const steps = begun.filter(({ host }) => host === name)
    return [name, platform, ...resultOf(steps, planned, lang)]
  })
  const table = alignRows(rows.map((row) => row.map(visibleText)))
  const different = differingSteps(state, digests)
  if (different.length === 0) return table
  const label =
    lang === 'zh' ? '各主机输出不同的步骤：' : 'printed different things on these hosts: '
  return [...table, `${label}${different.map(visibleText).join(', ')}`]
}

function resultOf(
  steps: readonly StepProgress[],
  planned: number,
  lang: Lang,
): readonly [string, string] {
  const words = statusWords[lang]
  const bad = steps.find(({ status }) => !isDone(status))
  if (bad)
    return [words[bad.status === 'running' ? 'unknown' : bad.status], `${bad.step}  ${bad.message}`]
  if (steps.length === 0) return [words.notRun, '']
  return [steps.length < planned ? words.notRun : words.passed, `${steps.length}/${planned}`]
}

function differingSteps(state: RunState, digests: OutputDigests): readonly string[] {
  const steps = [...new Set(state.outline.map(({ step }) => step))]
  return steps.filter((step) => {
    const ran = [...state.steps.values()].filter(
      (each) => each.step === step && each.commands.length > 0,
    )
    return new Set(ran.map(({ host }) => digests.of(step, host))).size > 1
  })
}
