import { coordinatorLane, type LaneState, type StoredRun } from '../../fleet/lane-store.ts'
import type { Lang, Message } from '../../model/message.ts'
import { alignRows } from '../../text/align-rows.ts'
import { visibleText } from '../../text/visible-text.ts'
import { messages } from './messages.ts'

type Counts = Readonly<Record<LaneState, number>>

const states: Readonly<Record<LaneState, Message>> = {
  waiting: messages.waiting,
  running: messages.running,
  ended: messages.endedState,
}

/** Lanes of hosts by their state. */
export function countStates(runs: readonly StoredRun[]): Counts {
  const lanes = runs.flatMap((run) => run.lanes).filter(({ lane }) => lane !== coordinatorLane)
  const count = (state: LaneState) => lanes.filter((lane) => lane.state === state).length
  return { waiting: count('waiting'), running: count('running'), ended: count('ended') }
}

/** One line per run, with `lanes` also one per lane. Names come from the database, so they are escaped. */
export function renderRuns(
  runs: readonly StoredRun[],
  lang: Lang,
  { lanes: withLanes }: { readonly lanes: boolean },
): string {
  const rows = runs.flatMap((run) => {
    const { waiting, running, ended } = countStates([run])
    const what = messages.counts(waiting, running, ended)[lang]
    const line = [run.run, run.at.slice(0, 16).replace('T', ' '), run.by, what]
    const lanes = run.lanes.map(({ lane, host, state, owner = '' }) => [
      `  ${lane === coordinatorLane ? messages.coordinator[lang] : host}`,
      states[state][lang],
      owner,
      '',
    ])
    return withLanes ? [line, ...lanes] : [line]
  })
  return alignRows(rows.map((row) => row.map(visibleText)))
    .map((line) => `${line}\n`)
    .join('')
}
