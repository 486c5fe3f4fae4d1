/**
 * Writes recorded output into a page's `output` fences and transcripts, and keeps every other byte.
 *
 * Parses the changed page again; if it would not mean what is intended, the page stays unchanged.
 */

import { isError } from '../diagnostic/diagnostic.ts'
import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import type { Fence } from '../model/fence.ts'
import type { RunbookRecord } from '../model/record.ts'
import type { Runbook } from '../model/runbook.ts'
import type { Step } from '../model/step.ts'
import { parseJson } from '../match/read-json-pattern.ts'
import { renderScreen } from '../match/render-screen.ts'
import { parseRunbook } from '../parse/parse-runbook.ts'
import { stepHash } from '../plan/content-hash.ts'
import { judgeStep, matchesOutput } from '../record/judge-step.ts'
import { newestSame, recordedStep } from '../record/recorded-step.ts'
import { applyEdits, type TextEdit } from '../text/apply-edits.ts'
import { addedOutputs } from './added-outputs.ts'
import { usualHoleRules } from './hole-rules.ts'
import { lineChanges, wantedLines } from './line-changes.ts'
import { asOutput, type OutputPlace, outputPlaces, printedIn } from './output-place.ts'
import { pageEdits, shiftOf } from './page-edits.ts'
import type { PlaceName, SyncChange, SyncContext, SyncProblem } from './sync-change.ts'
import { rulesOf, syncedLines, textOf } from './synced-lines.ts'

export interface SyncOptions {
  /** Whether to add expectations to steps without one. */
  readonly add?: boolean
  /** The rules that propose holes. Default: `usualHoleRules`. */
  readonly rules?: readonly string[]
  /** Selects changes. Default: all. */
  readonly isWanted?: (place: PlaceName) => boolean
  /** Selects changes without holes from rules. Default: none. */
  readonly isLiteral?: (place: PlaceName) => boolean
  /** Selects lines of a change, by index in its `lines`; not for added expectations. Default: all. */
  readonly isWantedLine?: (place: PlaceName, line: number) => boolean
}

export interface SyncedPage {
  readonly text: string
  /** The edits that produce `text`. */
  readonly edits: readonly TextEdit[]
  readonly changes: readonly SyncChange[]
  readonly problems: readonly SyncProblem[]
  /** Stale steps, and outputs that `add` leaves to a person. */
  readonly notes: readonly SyncProblem[]
}

/**
 * @param text - The file's text, byte order mark and line ends included.
 * @param records - The page's records; the newest one for a step wins.
 */
export function syncPage(
  text: string,
  runbook: Runbook,
  records: readonly RunbookRecord[],
  {
    add = false,
    rules = usualHoleRules,
    isWanted = () => true,
    isLiteral = () => false,
    isWantedLine = () => true,
  }: SyncOptions = {},
): SyncedPage {
  const problems: SyncProblem[] = []
  const notes: SyncProblem[] = []
  const found: SyncChange[] = []
  const seen = new Set<Fence>()
  for (const step of runbook.steps) {
    const noteOf = (message: Message) => ({ step: step.id, line: step.span.start.line, message })
    const states = records.map((each) => ({
      platform: each.platform,
      state: judgeStep(runbook, step, recordedStep(runbook, step, each)),
    }))
    if (states.some(({ state }) => state === 'stale')) notes.push(noteOf(messages.stale))
    const recorded = newestSame(runbook, step, records)
    if (!recorded) continue
    const rulesAt = (place: PlaceName) => (isLiteral(place) ? [] : rules)
    const context = { page: text, runbook, step, recorded, rulesAt, isWantedLine }
    if (add) {
      const added = addedOutputs(context)
      found.push(...added.changes)
      notes.push(...added.notes)
    }
    const state = judgeStep(runbook, step, recorded.record)
    if (state === 'verified') {
      // One page cannot say two things: what the newest record has stays.
      const others = states
        .filter((each) => each.state === 'contradicted' || each.state === 'changed')
        .map(({ platform }) => platform)
      if (others.length > 0) problems.push(noteOf(messages.otherwiseOn(others.join(', '))))
      continue
    }
    const places = outputPlaces(step).filter(
      ({ fence, command }) => command !== undefined || !seen.has(fence),
    )
    for (const place of places) {
      if (place.command === undefined) seen.add(place.fence)
      const synced = syncedPlace(place, context)
      if (synced === undefined) continue
      if ('message' in synced) problems.push(synced)
      else found.push(synced)
    }
  }
  const changes = found.filter(isWanted)
  const edits = changes.flatMap((change) => change.edits)
  const next = applyEdits(text, edits)
  if (meansSame(runbook, next, changes)) return { text: next, edits, changes, problems, notes }
  for (const { step, line } of changes) problems.push({ step, line, message: messages.notAsMeant })
  return { text, edits: [], changes: [], problems, notes }
}

/** @returns `undefined` if the page already matches the output. */
function syncedPlace(
  place: OutputPlace,
  { page, runbook, step, recorded, rulesAt, isWantedLine }: SyncContext,
): SyncChange | SyncProblem | undefined {
  const { expected, fence, firstLine, command } = place
  const printed = printedIn(place, recorded.record)
  const { output, again } = printed
  if (matchesOutput(runbook, expected, output) && matchesOutput(runbook, expected, again ?? output))
    return undefined
  const line = expected.span.start.line
  const problem = (message: Message) => ({ step: step.id, line, message })
  if (expected.typed !== undefined) return problem(messages.inDialog)
  if (expected.match === 'json' && parseJson(renderScreen(output)) === undefined)
    return problem(messages.notJson)
  const name = { step: step.id, command }
  const proposed = syncedLines(runbook, expected, printed, rulesAt(name))
  const own = expected.text.split('\n').slice(0, lineCount(expected.text))
  const lines = wantedLines(own, proposed, (index) => isWantedLine(name, index))
  const after = textOf(expected, lines)
  if (closesFence(page, fence, after)) return problem(messages.closesFence)
  const content = { fence, first: firstLine, count: own.length }
  const written = lines.map((each) =>
    each.kind === 'new' && command !== undefined ? { ...each, text: asOutput(each.text) } : each,
  )
  const edits = pageEdits(page, content, written)
  if (edits.length === 0) return undefined
  return {
    step: step.id,
    platform: recorded.platform,
    line,
    command,
    before: expected.text,
    after,
    rules: rulesOf(lines),
    lines: lineChanges(own, proposed),
    edits,
  }
}

/** Trailing empty lines are not part of an expectation and stay. */
function lineCount(text: string): number {
  return text.trim() === '' ? 0 : text.trimEnd().split('\n').length
}

/** Whether a line of the text would close the fence. */
function closesFence(page: string, fence: Fence, text: string): boolean {
  const mark = /^(`+|~+)/.exec(page.slice(shiftOf(page) + fence.span.start.offset))?.[0] ?? '```'
  const closing = new RegExp(`^ {0,3}\\${mark[0]}{${mark.length},}\\s*$`)
  return text.split('\n').some((line) => closing.test(line))
}

/** Whether the changed page has the same steps, with exactly the intended outputs. */
function meansSame(runbook: Runbook, next: string, changes: readonly SyncChange[]): boolean {
  if (changes.length === 0) return true
  const { runbook: read, diagnostics } = parseRunbook(runbook.file, next)
  if (diagnostics.some(isError)) return false
  const wanted = new Map(changes.map((change) => [keyOf(change.step, change), change.after]))
  return (
    read.steps.length === runbook.steps.length &&
    runbook.steps.every((step, index) => {
      const other = read.steps[index]
      if (!other || other.id !== step.id || stepHash(read, other) !== stepHash(runbook, step))
        return false
      const before = textsOf(step)
      const after = textsOf(other)
      const keys = new Set([...before.keys(), ...after.keys()])
      return [...keys].every(
        (key) => trimmed(after.get(key)) === trimmed(wanted.get(key) ?? before.get(key)),
      )
    })
  )
}

/** The expected outputs of a step, by place. */
function textsOf(step: Step): ReadonlyMap<string, string> {
  return new Map(
    outputPlaces(step).map((place) => [keyOf(step.id, place), place.expected.text] as const),
  )
}

function keyOf(step: string, { command }: { readonly command: number | undefined }): string {
  return `${step} ${command ?? ''}`
}

/** Trailing blanks are ignored, and a transcript's command without lines is not compared. */
function trimmed(text = ''): string {
  return text.trimEnd()
}
