/**
 * Puts recorded output into a page's `output` fences, and changes no other byte. What would be
 * written is read again: a page that would not mean what it is to mean is left alone.
 *
 * Every line that still matches stays as its author wrote it, wildcards included; a line that
 * changed becomes what the host printed.
 */

import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import { valueOf } from '../model/named.ts'
import { alignOutput } from '../match/align-output.ts'
import { patternOf } from '../match/match-output.ts'
import { readPattern } from '../match/read-pattern.ts'
import { renderScreen } from '../match/render-screen.ts'
import type { ExpectedOutput } from '../model/expected.ts'
import type { Fence } from '../model/fence.ts'
import type { RunbookRecord, StepRecord } from '../model/record.ts'
import { declaredNames, type Runbook } from '../model/runbook.ts'
import { expectedOf, type Step } from '../model/step.ts'
import { parseRunbook } from '../parse/parse-runbook.ts'
import { stepHash } from '../plan/content-hash.ts'
import { judgedPattern, judgeStep, matchesOutput, recordedOutput } from './judge-step.ts'
import type { TextEdit } from './splice-bytes.ts'

/** What masks a secret in a record. */
const mask = '***'

/** A fence whose content would change. */
export interface SyncChange {
  readonly step: string
  readonly platform: string
  /** 1-based, of the fence. */
  readonly line: number
  readonly before: string
  readonly after: string
}

/** A recorded output that cannot be put into the page as it stands. */
export interface SyncProblem {
  readonly step: string
  readonly line: number
  readonly message: Message
}

export interface SyncedPage {
  readonly text: string
  /** What makes `text` of the page. */
  readonly edits: readonly TextEdit[]
  readonly changes: readonly SyncChange[]
  readonly problems: readonly SyncProblem[]
}

interface Edit extends SyncChange {
  readonly fence: Fence
}

/**
 * @param text - The page as it stands on disk, byte order mark and line ends included.
 * @param records - Of the page; where several know a step, the newest wins.
 */
export function syncPage(
  text: string,
  runbook: Runbook,
  records: readonly RunbookRecord[],
): SyncedPage {
  const edits: Edit[] = []
  const problems: SyncProblem[] = []
  const seen = new Set<Fence>()
  for (const step of runbook.steps) {
    const expected = expectedOf(step)
    const fence = expected?.fence
    const found = newestRecord(runbook, step, records)
    if (!expected || !fence || !found || seen.has(fence)) continue
    const state = judgeStep(runbook, step, found.step)
    if (state === 'verified' || state === 'stale') continue
    seen.add(fence)
    const after = syncedText(runbook, expected, found.step)
    const line = fence.span.start.line
    if (breaksFence(text, fence, after)) {
      problems.push({
        step: step.id,
        line,
        message: messages.closesFence,
      })
    } else if (after !== fence.text) {
      edits.push({
        step: step.id,
        platform: found.platform,
        line,
        before: fence.text,
        after,
        fence,
      })
    }
  }
  const textEdits = edits.map((edit) => textEditOf(text, edit))
  const next = applyEdits(text, textEdits)
  if (!meansSame(runbook, next, edits)) {
    for (const { step, line } of edits) problems.push({ step, line, message: messages.notAsMeant })
    return { text, edits: [], changes: [], problems }
  }
  return {
    text: next,
    edits: textEdits,
    changes: edits.map(({ step, platform, line, before, after }) => ({
      step,
      platform,
      line,
      before,
      after,
    })),
    problems,
  }
}

function newestRecord(
  runbook: Runbook,
  step: Step,
  records: readonly RunbookRecord[],
): { readonly platform: string; readonly step: StepRecord } | undefined {
  return records
    .flatMap(({ platform, steps }) => {
      const record = valueOf(steps, step.id)
      const fits =
        record?.hash === stepHash(runbook, step) && record.variant === step.variant?.label
      return record && fits ? [{ platform, step: record }] : []
    })
    .toSorted((a, b) => (a.step.at < b.step.at ? 1 : -1))[0]
}

/** The fence's text with the lines that changed. */
function syncedText(runbook: Runbook, expected: ExpectedOutput, record: StepRecord): string {
  const screen = renderScreen(recordedOutput(expected, record))
  const printed = screen === '' ? [] : screen.split('\n')
  const names = declaredNames(runbook)
  const write =
    expected.match === 'json'
      ? (line: string) => line.replaceAll(mask, '<...>')
      : (line: string) => literalLine(line, names)
  const text = alignedText(runbook, expected, { printed, write })
  return matchesOutput(runbook, { ...expected, text }, screen)
    ? text
    : printed.map(write).join('\n')
}

/** The author's lines where they still match, and what was printed where they do not. */
function alignedText(
  runbook: Runbook,
  expected: ExpectedOutput,
  output: { readonly printed: readonly string[]; readonly write: (line: string) => string },
): string {
  const { printed, write } = output
  const names = declaredNames(runbook)
  const wanted = expected.text.trimEnd() === '' ? [] : expected.text.trimEnd().split('\n')
  const source = patternOf({ ...expected, match: 'lines' }, names)
  const lines: string[] = []
  let last = -1
  for (const line of alignOutput(judgedPattern(runbook, source), printed, {})) {
    if (line.kind === 'same' || line.kind === 'empty') {
      // A line that stands for several is written again behind a new line between them.
      const text = wanted[line.expected]
      if (line.expected !== last && text !== undefined) lines.push(text)
      last = line.expected
    } else if (
      line.kind === 'changed' ||
      (line.kind === 'extra' && expected.match !== 'contains')
    ) {
      lines.push(write(printed[line.actual] ?? ''))
      last = -1
    }
  }
  return lines.join('\n')
}

/** A printed line as a pattern that says just it; what was masked may be anything. */
function literalLine(text: string, names: ReadonlySet<string>): string {
  const isLiteral = (candidate: string) => {
    const line = readPattern(candidate, names).lines[0]
    return (
      line?.kind === 'line' &&
      line.times === 'once' &&
      line.parts.every((part) => part.kind === 'text')
    )
  }
  const needsEscape = text !== '' && (!isLiteral(text) || text.includes('\\<'))
  const dots = /^\s*(?=\\*\.{3}$)/.exec(text)?.[0].length
  const literal =
    dots !== undefined
      ? `${text.slice(0, dots)}\\${text.slice(dots)}`
      : needsEscape
        ? text.replaceAll('<', '\\<')
        : text
  return literal.replaceAll(mask, '<...>')
}

/** Whether a line of the text would end the fence. */
function breaksFence(page: string, fence: Fence, text: string): boolean {
  const withoutMark = page.startsWith('\uFEFF') ? page.slice(1) : page
  const mark = /^(`+|~+)/.exec(withoutMark.slice(fence.span.start.offset))?.[0] ?? '```'
  const closing = new RegExp(`^ {0,3}\\${mark[0]}{${mark.length},}\\s*$`)
  return text.split('\n').some((line) => closing.test(line))
}

/** Whether the new page has the same steps, with the outputs that the edits give them and no other. */
function meansSame(runbook: Runbook, next: string, edits: readonly Edit[]): boolean {
  if (edits.length === 0) return true
  const { runbook: read } = parseRunbook(runbook.file, next)
  const outputs = new Map(edits.map(({ fence, after }) => [fence, after]))
  return (
    read.steps.length === runbook.steps.length &&
    runbook.steps.every((step, index) => {
      const other = read.steps[index]
      const fence = expectedOf(step)?.fence
      const wanted = fence && (outputs.get(fence) ?? fence.text)
      return (
        other?.id === step.id &&
        stepHash(read, other) === stepHash(runbook, step) &&
        expectedOf(other)?.fence?.text === wanted
      )
    })
  )
}

function textEditOf(page: string, { fence, after }: Edit): TextEdit {
  const shift = page.startsWith('\uFEFF') ? 1 : 0
  const { start, end } = fence.contentSpan
  const lineEnd = /\r\n|\n|\r/.exec(page.slice(shift + fence.span.start.offset))?.[0] ?? '\n'
  const lines = after === '' ? [] : after.split('\n')
  const text = lines
    .map((line) => `${line === '' ? fence.prefix.trimEnd() : fence.prefix}${line}${lineEnd}`)
    .join('')
  return { start: shift + start.offset, end: shift + end.offset, text }
}

/** By their places in the page, whatever the order of the steps. */
function applyEdits(page: string, edits: readonly TextEdit[]): string {
  let text = ''
  let at = 0
  for (const { start, end, text: next } of edits.toSorted((a, b) => a.start - b.start)) {
    text += page.slice(at, start) + next
    at = end
  }
  return text + page.slice(at)
}
