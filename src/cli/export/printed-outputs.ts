import { renderScreen } from '../../match/render-screen.ts'
import type { ExpectedOutput } from '../../model/expected.ts'
import type { Fence } from '../../model/fence.ts'
import type { RunbookRecord } from '../../model/record.ts'
import type { Runbook } from '../../model/runbook.ts'
import type { Span } from '../../model/span.ts'
import { commandsOf, expectedOf } from '../../model/step.ts'
import { recordedOutput } from '../../record/judge-step.ts'
import { newestSame } from '../../record/recorded-step.ts'

/** A fence's recorded output, with its platform and day. */
export interface Printed {
  readonly text: string
  readonly platform: string
  /** `2026-11-30` */
  readonly day: string
}

export interface PrintedPage {
  readonly ofFence: ReadonlyMap<Fence, Printed>
  readonly ofSpan: ReadonlyMap<Span, Printed>
}

/** The newest recorded output of every step whose content is unchanged. */
export function printedOutputs(runbook: Runbook, records: readonly RunbookRecord[]): PrintedPage {
  const ofFence = new Map<Fence, Printed>()
  const ofSpan = new Map<Span, Printed>()
  for (const step of runbook.steps) {
    const found = newestSame(runbook, step, records)
    if (!found || found.record.status === 'skipped') continue
    const { record, platform } = found
    const printed = (text: string): Printed => ({
      text: renderScreen(text),
      platform,
      day: record.at.slice(0, 10),
    })
    const expected = expectedOf(step)
    if (expected?.fence) ofFence.set(expected.fence, printed(recordedOutput(expected, record)))
    if (step.kind !== 'console') continue
    for (const [index, { expects }] of commandsOf(step).entries()) {
      const output = record.commands[index]?.output
      if (isPlain(expects) && output !== undefined) ofSpan.set(expects.span, printed(output))
    }
  }
  return { ofFence, ofSpan }
}

/** With typed input, the transcript shows more than the output. */
function isPlain(expects: ExpectedOutput | undefined): expects is ExpectedOutput {
  return expects !== undefined && expects.typed === undefined
}
