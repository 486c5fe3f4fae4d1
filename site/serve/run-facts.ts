/** A run's state and time as elements. */

import { renderDuration } from '../../src/model/duration.ts'
import type { Lang } from '../../src/model/message.ts'
import { statusWords } from '../../src/model/messages.ts'
import { runStatuses } from '../../src/model/step-status.ts'
import type { ListedRun } from './api.ts'
import { element } from './elements.ts'
import { runsWords } from './runs-words.ts'

type Shown = Pick<ListedRun, 'status' | 'isHeld'>

/** `running` and `broken` are unfinished runs with and without a program that works on them. */
export function stateOf({ status, isHeld }: Shown): string {
  if (status === 'unfinished') return isHeld ? 'running' : 'broken'
  return status
}

export function stateWord(state: string, lang: Lang): string {
  const status = runStatuses.find((each) => each === state)
  if (status) return statusWords[status][lang]
  return (state === 'running' ? runsWords.running : runsWords.broken)[lang]
}

export function stateBadge(run: Shown, lang: Lang): HTMLElement {
  const state = stateOf(run)
  const mark = element('i', { 'aria-hidden': 'true' })
  return element(
    'span',
    { class: 'rb-run-badge', 'data-state': state },
    mark,
    stateWord(state, lang),
  )
}

/** A moment in the reader's time zone. */
export function moment(at: string): HTMLElement {
  if (at === '') return element('span', {})
  // The Swedish form is that of ISO 8601.
  const format = new Intl.DateTimeFormat('sv-SE', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  return element('time', { datetime: at, title: at }, format.format(new Date(at)))
}

/** How long a run took, or has been running. */
export function tookText({ durationMs, at, status, isHeld }: ListedRun): string {
  if (durationMs !== null) return renderDuration(durationMs)
  if (status !== 'unfinished' || !isHeld || at === '') return ''
  return renderDuration(Math.max(0, Date.now() - Date.parse(at)))
}
