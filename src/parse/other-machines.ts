/**
 * Reports blocks that continue a session opened by an earlier block: their lines would run on this
 * host, not on the machine that their prompt names.
 */

import { messages } from './messages.ts'
import type { Command, ShellStep, Step } from '../model/step.ts'
import { FencePlaces } from './fence-places.ts'
import type { Report } from './report.ts'
import { sessionOpenedBy } from './session-opener.ts'
import { machineOf } from './transcript.ts'

/** A shell that a block opened and did not leave. */
interface Session {
  readonly step: string
  readonly opener: string
  /** The machine in the prompt where it was opened. */
  readonly machine: string
}

export function reportOtherMachines(steps: readonly Step[], report: Report): void {
  let session: Session | undefined
  for (const step of steps) {
    if (step.kind !== 'console') continue
    const [first] = step.commands
    if (!first) continue
    const prompt = promptBefore(first, step)
    const isElsewhere = session !== undefined && machineOf(prompt) !== session.machine
    if (session && isElsewhere && step.role === undefined && step.user === undefined) {
      const { line } = first.span.start
      const places = new FencePlaces(step.fence)
      const start = places.at(line - step.fence.span.start.line - 1, 0)
      report.add(
        'RB0314',
        { start, end: first.span.start },
        messages.promptOfSession(prompt.trim(), session.opener, session.step),
        messages.sayWhereItRuns,
      )
    }
    if (!isElsewhere) session = undefined
    session = sessionLeftOpen(step) ?? session
  }
}

function sessionLeftOpen(step: ShellStep): Session | undefined {
  const last = step.commands.at(-1)
  const opener = last && sessionOpenedBy(last.text)
  const answer = last?.dialog.at(-1)?.answer.trim() ?? ''
  if (!last || opener === undefined || /^(?:exit|logout)\b/.test(answer)) return undefined
  return { step: step.id, opener, machine: machineOf(promptBefore(last, step)) }
}

function promptBefore({ span }: Command, { fence }: ShellStep): string {
  const index = span.start.line - fence.span.start.line - 1
  const line = fence.text.split('\n')[index] ?? ''
  const start = fence.lineStarts[index]?.column ?? span.start.column
  return line.slice(0, span.start.column - start)
}
