/** Judges a step of a page by its record, without a new run. */

import { named } from '../model/named.ts'
import { OutputMatcher } from '../match/match-lines.ts'
import { matchJson } from '../match/match-json.ts'
import { patternOf } from '../match/match-output.ts'
import type { Pattern } from '../match/read-pattern.ts'
import { renderScreen } from '../match/render-screen.ts'
import type { ExpectedOutput } from '../model/expected.ts'
import type { StepRecord, StepState } from '../model/record.ts'
import { declaredNames, type Runbook } from '../model/runbook.ts'
import { expectedOf, type Step } from '../model/step.ts'
import { stepHash } from '../plan/content-hash.ts'

/** @param record - From `recordedStep`, on one platform. */
export function judgeStep(runbook: Runbook, step: Step, record: StepRecord | undefined): StepState {
  if (step.kind === 'manual') return 'manual'
  if (!record) return 'never'
  if (record.hash !== stepHash(runbook, step)) return 'stale'
  // Already done: its checks hold, but its output was never recorded.
  if (record.status === 'skipped') return expectedOf(step) === undefined ? 'verified' : 'never'
  if (!matchesRecord(runbook, step, record))
    return record.differs === true ? 'changed' : 'contradicted'
  const again = secondRun(record)
  return again === undefined || matchesRecord(runbook, step, again) ? 'verified' : 'changed'
}

/**
 * The record as if only the second run of `exec --twice` had happened; `undefined`: the output was
 * the same.
 */
export function secondRun(record: StepRecord): StepRecord | undefined {
  if (record.commands.every(({ again }) => again === undefined)) return undefined
  const commands = record.commands.map((command) => ({
    ...command,
    output: command.again ?? command.output,
  }))
  return { ...record, commands }
}

/** Whether the page's expected output matches the recorded output. */
function matchesRecord(runbook: Runbook, step: Step, record: StepRecord): boolean {
  const expected = expectedOf(step)
  if (expected && !matchesOutput(runbook, expected, recordedOutput(expected, record))) return false
  if (step.kind !== 'console') return true
  return step.commands.every((command, index) => {
    const output = record.commands[index]?.output ?? ''
    return !command.expects || matchesOutput(runbook, command.expects, output)
  })
}

/** All output of a step on the stream that is compared. */
export function recordedOutput(
  expected: Pick<ExpectedOutput, 'stream'>,
  record: StepRecord,
): string {
  const isError = expected.stream === 'stderr'
  return record.commands.map(({ output, stderr }) => (isError ? (stderr ?? '') : output)).join('')
}

/** Whether a recorded output matches an expectation. */
export function matchesOutput(
  runbook: Runbook,
  expected: Omit<ExpectedOutput, 'span' | 'fence'>,
  output: string,
): boolean {
  if (!expected.compare) return true
  const names = declaredNames(runbook)
  const values = defaultValues(runbook)
  if (expected.match === 'json')
    return matchJson(expected.text, renderScreen(output), { names, values }).matched
  const matcher = new OutputMatcher(judgedPattern(runbook, patternOf(expected, names)), values)
  const screen = renderScreen(output)
  for (const line of screen === '' ? [] : screen.split('\n')) matcher.push(line)
  return matcher.end().matched
}

/** The page's own values of its variables. */
export function defaultValues({ variables }: Runbook): Readonly<Record<string, string>> {
  return named(
    variables.flatMap(({ name, default: value }) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  )
}

/**
 * A record is masked and does not contain the run's values, so a secret or a value matches any
 * text.
 */
export function judgedPattern({ variables, steps }: Runbook, pattern: Pattern): Pattern {
  const secrets = new Set([
    ...variables.filter(({ secret }) => secret).map(({ name }) => name),
    ...steps.flatMap((step) => step.secrets),
  ])
  const lines = pattern.lines.map((line) => {
    if (line.kind === 'any-lines') return line
    const parts = line.parts.map((part) => {
      const isOpen = part.kind === 'value' || (part.kind === 'capture' && secrets.has(part.name))
      return isOpen ? ({ kind: 'any' } as const) : part
    })
    return { ...line, parts }
  })
  return { ...pattern, lines }
}
