/** Proposes expectations for steps that have none, from their recorded output. */

import { messages } from './messages.ts'
import { renderScreen } from '../match/render-screen.ts'
import type { Fence } from '../model/fence.ts'
import type { Message } from '../model/message.ts'
import type { Point } from '../model/span.ts'
import { type Command, commandsOf, type Step } from '../model/step.ts'
import type { TextEdit } from '../text/apply-edits.ts'
import { fenceMark } from '../text/fence-mark.ts'
import { lineChanges } from './line-changes.ts'
import { asOutput, printedIn } from './output-place.ts'
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
  const printed = printedIn(place, recorded.record)
  const screen = renderScreen(printed.output).trimEnd()
  if (screen === '') return undefined
  const { line } = fence.span.start
  const count = screen.split('\n').length
  const reason = reasonAgainst(step, command, count)
  if (reason !== undefined) return { step: step.id, line, message: reason }
  const lines = syncedLines(runbook, nothingExpected, printed, rulesAt({ step: step.id, command }))
  const after = textOf(nothingExpected, lines)
  const own = command === undefined ? undefined : commandsOf(step)[command]
  const edit = own === undefined ? newFence(page, fence, after) : newLines(page, fence, own, after)
  return {
    step: step.id,
    platform: recorded.platform,
    line,
    command,
    before: undefined,
    after,
    rules: rulesOf(lines),
    lines: lineChanges([], lines),
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
  const mark = fenceMark(text)
  const lineEnd = lineEndAt(page, shiftOf(page) + fence.span.start.offset)
  return insertedLines(page, fence, {
    at: fence.span.end,
    lineEnd,
    lines: ['', `${mark}output`, ...text.split('\n'), mark],
  })
}

/** Lines after a command of a transcript. */
function newLines(page: string, fence: Fence, { span }: Command, text: string): TextEdit {
  const lineEnd = lineEndAt(page, shiftOf(page) + span.end.offset)
  return insertedLines(page, fence, {
    at: span.end,
    lineEnd,
    lines: text.split('\n').map(asOutput),
  })
}

function insertedLines(
  page: string,
  fence: Fence,
  {
    at,
    lineEnd,
    lines,
  }: { readonly at: Point; readonly lineEnd: string; readonly lines: readonly string[] },
): TextEdit {
  const start = shiftOf(page) + at.offset
  const text = lines.map((line) => `${lineEnd}${prefixed(fence, line)}`).join('')
  return { start, end: start, text }
}
