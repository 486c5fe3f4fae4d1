/** A closing table of several hosts and their results, and where their outputs differ. */

import { messages } from './messages.ts'
import { createHash, type Hash } from 'node:crypto'
import type { Lang } from '../model/message.ts'
import { alignRows } from '../text/align-rows.ts'
import { visibleText } from '../text/visible-text.ts'
import type { StampedEvent } from '../model/run-event.ts'
import { isDone } from '../model/step-status.ts'
import { endedSteps, type RunState, type StepProgress } from '../run/reduce.ts'
import { statusWords } from '../model/messages.ts'

/** Digests of what steps printed: they reveal differences at a fixed size. */
export class OutputDigests {
  readonly #digests = new Map<string, Hash>()

  handle(event: StampedEvent): void {
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
  return [...table, messages.differentOutputs(different.map(visibleText).join(', '))[lang]]
}

function resultOf(
  steps: readonly StepProgress[],
  planned: number,
  lang: Lang,
): readonly [string, string] {
  const bad = steps.find(({ status }) => !isDone(status))
  if (bad)
    return [
      statusWords[bad.status === 'running' ? 'unknown' : bad.status][lang],
      `${bad.step}  ${bad.message}`,
    ]
  if (steps.length === 0) return [statusWords.notRun[lang], '']
  const word = steps.length < planned ? statusWords.notRun : statusWords.passed
  return [word[lang], `${steps.length}/${planned}`]
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
