/** Finds where a page states a step's output. */

import type { ExpectedOutput } from '../model/expected.ts'
import type { Fence } from '../model/fence.ts'
import type { StepRecord } from '../model/record.ts'
import { expectedOf, type Step } from '../model/step.ts'
import { promptOfLine } from '../parse/transcript.ts'
import { recordedOutput, secondRun } from '../record/judge-step.ts'

/** An `output` fence, or the lines after a command of a transcript. */
export interface OutputPlace {
  readonly expected: ExpectedOutput
  /** The fence that contains the lines. */
  readonly fence: Fence
  /** Index of the expectation's first line in the fence's content. */
  readonly firstLine: number
  /** Index of the transcript's command; `undefined` for an `output` fence. */
  readonly command: number | undefined
}

export function outputPlaces(step: Step): readonly OutputPlace[] {
  const own = expectedOf(step)
  const places: readonly OutputPlace[] = own?.fence
    ? [{ expected: own, fence: own.fence, firstLine: 0, command: undefined }]
    : []
  if (step.kind !== 'console') return places
  const { fence, commands } = step
  const behind = commands.flatMap(({ expects }, command) => {
    if (!expects) return []
    const firstLine = expects.span.start.line - fence.span.start.line - 1
    return [{ expected: expects, fence, firstLine, command }]
  })
  return [...behind, ...places]
}

/** The place's part of a record. */
export interface PrintedOutput {
  readonly output: string
  /** Output of the same commands in a second run; `undefined`: equal, or there was none. */
  readonly again: string | undefined
}

interface PrintedPlace {
  readonly expected: Pick<ExpectedOutput, 'stream'>
  readonly command: number | undefined
}

export function printedIn(place: PrintedPlace, record: StepRecord): PrintedOutput {
  const second = secondRun(record)
  return { output: printedAt(place, record), again: second && printedAt(place, second) }
}

function printedAt({ expected, command }: PrintedPlace, record: StepRecord): string {
  return command === undefined
    ? recordedOutput(expected, record)
    : (record.commands[command]?.output ?? '')
}

/** Escapes a line of a transcript's output that looks like a prompt. */
export function asOutput(line: string): string {
  return promptOfLine(line) === undefined ? line : `\\${line}`
}
