/** Proposes expectations for steps that have none, from their recorded output. */

import { messages } from './messages.ts'
import { renderScreen } from '../match/render-screen.ts'
import type { Fence } from '../model/fence.ts'
import type { Message } from '../model/message.ts'
import type { Step } from '../model/step.ts'
import { secondRun } from '../record/judge-step.ts'
import type { TextEdit } from '../record/splice-bytes.ts'
import { asOutput, printedAt } from './output-place.ts'
import { lineEndAt, prefixed, shiftOf } from './page-edits.ts'
import type { SyncChange, SyncContext, SyncProblem } from './sync-change.ts'
import { nothingExpected, rulesOf, syncedLines, textOf } from './synced-lines.ts'

/** For longer output a person chooses the lines that matter. */
const maxLines = 40

interface Added {
  readonly changes: readonly SyncChange[]
  readonly notes: readonly SyncProblem[]
}

export function addedOutputs(context: SyncContext): Added {
  const { step, recorded } = context
  if (step.private || recorded.record.status !== 'passed') return { changes: [], notes: [] }
  if (step.kind === 'console') {
    const added = step.commands.map((command, index) =>
      command.expects === undefined && command.dialog.length === 0
        ? addedAt(context, step.fence, index)
        : undefined,
    )
    return collected(added)
  }
  if ((step.kind !== 'shell' && step.kind !== 'script') || step.expects !== undefined)
    return { changes: [], notes: [] }
  return collected([addedAt(context, step.fence, undefined)])
}

function collected(found: readonly (SyncChange | SyncProblem | undefined)[]): Added {
  return {
    changes: found.flatMap((each) => (each && 'edits' in each ? [each] : [])),
    notes: found.flatMap((each) => (each && 'message' in each ? [each] : [])),
  }
}

/** @param command - Index of a transcript's command; `undefined`: after the step's fence. */
function addedAt(
  { page, runbook, step, recorded, rulesAt }: SyncContext,
  fence: Fence,
  command: number | undefined,
): SyncChange | SyncProblem | undefined {
  const place = { expected: { stream: 'merged', ...nothingExpected } as const, command }
  const output = printedAt(place, recorded.record)
  const screen = renderScreen(output).trimEnd()
  if (screen === '') return undefined
  const { line } = fence.span.start
  const count = screen.split('\n').length
  const reason = reasonAgainst(step, command, count)
  if (reason !== undefined) return { step: step.id, line, message: reason }
  const second = secondRun(recorded.record)
  const again = second && printedAt(place, second)
  const lines = syncedLines(
    runbook,
    nothingExpected,
    { output, again },
    rulesAt({ step: step.id, command }),
  )
  const after = textOf(nothingExpected, lines)
  const edit =
    command === undefined
      ? newFence(page, fence, after)
      : newLines(page, step, { fence, command, after })
  return {
    step: step.id,
    platform: recorded.platform,
    line,
    command,
    before: undefined,
    after,
    rules: rulesOf(lines),
    edits: [edit],
  }
}

function reasonAgainst(
  step: Step,
  command: number | undefined,
  count: number,
): Message | undefined {
  if (step.variant && command === undefined) return messages.addToGroup
  if (step.kind === 'shell' && step.dialog.length > 0) return messages.addToDialog
  return count > maxLines ? messages.addToLong(count) : undefined
}

/** An `output` fence after the closing mark of another fence. */
function newFence(page: string, fence: Fence, text: string): TextEdit {
  const at = shiftOf(page) + fence.span.end.offset
  const lineEnd = lineEndAt(page, shiftOf(page) + fence.span.start.offset)
  const runs = [...text.matchAll(/^ {0,3}(`{3,})/gm)].map(([, run = '']) => run.length)
  const mark = '`'.repeat(Math.max(3, ...runs.map((length) => length + 1)))
  const lines = ['', `${mark}output`, ...text.split('\n'), mark]
  return {
    start: at,
    end: at,
    text: lines.map((line) => `${lineEnd}${prefixed(fence, line)}`).join(''),
  }
}

/** Lines after a command of a transcript. */
function newLines(
  page: string,
  step: Step,
  { fence, command, after }: { fence: Fence; command: number; after: string },
): TextEdit {
  const span = 'commands' in step ? step.commands[command]?.span : undefined
  const at = shiftOf(page) + (span ?? fence.span).end.offset
  const lineEnd = lineEndAt(page, at)
  const lines = after.split('\n').map(asOutput)
  return {
    start: at,
    end: at,
    text: lines.map((line) => `${lineEnd}${prefixed(fence, line)}`).join(''),
  }
}
