/** A step's duration over its last runs, as a row of small bars. */

import { renderDuration } from '../model/duration.ts'
import type { Lang } from '../model/message.ts'
import { statusWords } from '../model/messages.ts'
import type { StepStatus } from '../model/step-status.ts'
import { type Drawn, drawn } from '../text/markup.ts'
import { messages } from './messages.ts'

export interface StepDuration {
  readonly run: string
  readonly status: StepStatus
  readonly ms: number
}

export interface DurationPlotOptions {
  readonly lang: Lang
  /** The run to mark. */
  readonly run: string
}

const barPx = 5
const gapPx = 2
const heightPx = 22
const leastPx = 2

/** @param durations - The oldest first. */
export function drawDurations(
  durations: readonly StepDuration[],
  { lang, run }: DurationPlotOptions,
): Drawn {
  const all = durations.map(({ ms }) => ms)
  const most = Math.max(1, ...all)
  const label = messages.durations(
    durations.length,
    renderDuration(Math.min(...all)),
    renderDuration(Math.max(...all)),
  )[lang]
  const bars = durations.map((duration, index) => {
    const height = Math.max(leastPx, (duration.ms / most) * heightPx)
    const about = messages.duration(
      duration.run,
      statusWords[duration.status],
      renderDuration(duration.ms),
    )
    return drawn(
      'rect',
      {
        'data-status': duration.status,
        ...(duration.run === run ? { class: 'rb-own' } : {}),
        x: String(index * (barPx + gapPx)),
        y: (heightPx - height).toFixed(1),
        width: String(barPx),
        height: height.toFixed(1),
      },
      drawn('title', {}, about[lang]),
    )
  })
  const width = Math.max(1, durations.length * (barPx + gapPx) - gapPx)
  return drawn(
    'svg',
    {
      class: 'rb-durations',
      width: String(width),
      height: String(heightPx),
      role: 'img',
      'aria-label': label,
    },
    ...bars,
  )
}
