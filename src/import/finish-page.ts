/**
 * The last steps of every import: what lint can fix is fixed, a block that would be an error is only
 * shown, and what lint still finds is for a person to decide.
 */

import { type Diagnostic, type Edit, isError } from '../diagnostic/diagnostic.ts'
import { applyFixes } from '../lint/apply-fixes.ts'
import { lintRunbook } from '../lint/lint-runbook.ts'
import type { Message } from '../model/message.ts'
import { parsePage } from '../parse/parse-runbook.ts'
import { messages } from './messages.ts'
import { type Draft, editDraft, fenceText, type Remark } from './page-draft.ts'
import { plainEdits } from './plain-characters.ts'

export interface Decision {
  /** Of the new page, from 1. */
  readonly line: number
  readonly message: Message
  readonly help: Message | undefined
  /** Lines of the source that are in no step because of it. */
  readonly shown: string | undefined
}

export interface FinishedPage {
  readonly text: string
  readonly decisions: readonly Decision[]
}

const file = 'page.md'
const maxRounds = 20

export function finishPage(draft: Draft): FinishedPage {
  let page = fixed(withPlainCharacters(fixed(draft)))
  for (let round = 0; round < maxRounds; round++) {
    const errors = lintRunbook(file, page.text).filter(isError)
    if (errors.length === 0) return finished(page)
    const shown = withoutErrors(page, errors)
    if (shown === undefined) break
    page = fixed(shown)
  }
  return finished(onlyShown(draft))
}

/** Every certain fix; one may make another one certain. */
function fixed(draft: Draft): Draft {
  let page = draft
  for (let round = 0; round < maxRounds; round++) {
    const { edits } = applyFixes(page.text, lintRunbook(file, page.text))
    if (edits.length === 0) return page
    page = editDraft(page, edits)
  }
  return page
}

/** One character a line and round: what stands behind it may be quoted then. */
function withPlainCharacters(draft: Draft): Draft {
  let page = draft
  for (let round = 0; round < maxRounds; round++) {
    const found = lintRunbook(file, page.text)
    const { edits, remarks } = plainEdits(page.text, found)
    if (edits.length === 0) return page
    const next = editDraft({ ...page, remarks: [...page.remarks, ...remarks] }, edits)
    if (lintRunbook(file, next.text).filter(isError).length > found.filter(isError).length)
      return page
    page = next
  }
  return page
}

/** @returns `undefined` where an error stands in no block that could only be shown. */
function withoutErrors(page: Draft, errors: readonly Diagnostic[]): Draft | undefined {
  const { blocks, source } = parsePage(file, page.text)
  const edits: Edit[] = []
  const remarks: Remark[] = []
  const seen = new Set<unknown>()
  for (const error of errors) {
    const { offset } = error.span.start
    const block = blocks.find(
      (each) =>
        each.kind === 'fence' &&
        each.fence.span.start.offset <= offset &&
        offset <= each.fence.span.end.offset,
    )
    const remark = { message: error.message, help: error.left ?? error.help }
    if (block?.kind === 'fence') {
      if (seen.has(block)) continue
      seen.add(block)
      const { infoSpan, text, span, closed } = block.fence
      if (!closed) return undefined
      edits.push({ start: infoSpan.start.offset, end: infoSpan.end.offset, text: 'text' })
      const message = messages.onlyShown(firstLine(text), error.message)
      remarks.push({ ...remark, offset: span.start.offset, message, shown: text })
      continue
    }
    const line = source.line(error.span.start.line)
    const start = source.lineStart(error.span.start.line)
    const plain = line.replace(/^(\s*)<<</, '$1\\<<<').replaceAll('@include:', '@include :')
    if (plain === line) return undefined
    edits.push({ start, end: start + line.length, text: plain })
    remarks.push({ ...remark, offset: start, shown: undefined })
  }
  return editDraft({ text: page.text, remarks: [...page.remarks, ...remarks] }, edits)
}

/** A page that cannot be read is one block of text. */
function onlyShown({ text, remarks }: Draft): Draft {
  const [error] = lintRunbook(file, text).filter(isError)
  const head = '# Imported\n\n'
  const content = text.trimEnd().replaceAll('\0', '')
  const all = {
    offset: head.length,
    message: error ? messages.wholeShown(error.message) : messages.nothingRuns,
    help: error?.help,
    shown: content,
  }
  return {
    text: `${head}${fenceText('text', content)}\n`,
    remarks: [all, ...remarks.map((remark) => ({ ...remark, offset: head.length }))],
  }
}

function finished({ text, remarks }: Draft): FinishedPage {
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length
  const found = lintRunbook(file, text).map(({ message, help, left, span }) => ({
    line: span.start.line,
    message,
    help: left ?? help,
    shown: undefined,
  }))
  const own = remarks.map(({ offset, ...remark }) => ({
    ...remark,
    line: lineOf(Math.min(offset, text.length)),
  }))
  const decisions = [...own, ...found].toSorted((a, b) => a.line - b.line)
  return { text, decisions }
}

function firstLine(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? ''
  return line.length > 60 ? `${line.slice(0, 60)}…` : line
}
