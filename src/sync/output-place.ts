/** Where a page says what a step prints. */

import type { ExpectedOutput } from '../model/expected.ts'
import type { Fence } from '../model/fence.ts'
import type { StepRecord } from '../model/record.ts'
import { expectedOf, type Step } from '../model/step.ts'
import { promptOfLine } from '../parse/transcript.ts'
import { recordedOutput } from '../record/judge-step.ts'

/** An `output` fence, or the lines behind a command of a transcript. */
export interface OutputPlace {
  readonly expected: ExpectedOutput
  /** The fence that holds the lines. */
  readonly fence: Fence
  /** The line of the fence's content, from 0, that is the expectation's first. */
  readonly firstLine: number
  /** The transcript's command, from 0; `undefined` for an `output` fence. */
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

/** What the record says was printed there. */
export function printedAt(
  {
    expected,
    command,
  }: {
    readonly expected: Pick<ExpectedOutput, 'stream'>
    readonly command: number | undefined
  },
  record: StepRecord,
): string {
  return command === undefined
    ? recordedOutput(expected, record)
    : (record.commands[command]?.output ?? '')
}

/** A line of a transcript that looks like a prompt, as the output that it is. */
export function asOutput(line: string): string {
  return promptOfLine(line) === undefined ? line : `\\${line}`
}
