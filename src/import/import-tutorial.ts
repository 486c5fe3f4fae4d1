/**
 * A tutorial in Markdown or plain text: blocks without a name get the one that their content has,
 * commands in indented text become blocks; every other byte stays.
 */

import type { Edit } from '../diagnostic/diagnostic.ts'
import { applyFixes } from '../lint/apply-fixes.ts'
import { startsWithCommand } from '../lint/command-start.ts'
import type { Fence } from '../model/fence.ts'
import { fenceKind, isExample } from '../parse/fence-kind.ts'
import { renameFence } from '../parse/info-edits.ts'
import { type ParsedPage, parsePage } from '../parse/parse-runbook.ts'
import { blockMeaning } from './block-meaning.ts'
import { literalHoles } from './escape-text.ts'
import {
  commandsText,
  contentChange,
  isUnusedSetting,
  openedFile,
  settingChange,
} from './file-fences.ts'
import { type Change, contentEdit, foreignChanges } from './foreign-fences.ts'
import { asideChanges } from './loose-asides.ts'
import { readLooseLines } from './loose-lines.ts'
import { messages } from './messages.ts'
import { type Draft, editDraft, fenceText, type Remark } from './page-draft.ts'
import { announcesOutput } from './page-words.ts'
import { renderLoose } from './render-loose.ts'
import { opensProgram, readTyped } from './typed-lines.ts'

export function importTutorial(name: string, source: string): Draft {
  const text = withoutRemarkMarks(/\.t$/i.test(name) ? fromCram(source) : source)
  const isPlain = !/^ {0,3}(?:#{1,6} \S|```|~~~)/m.test(text)
  const first = isPlain ? renderLoose(readLooseLines(text)) : { text, remarks: [] }
  const foreign = parsePage('page.md', first.text)
  const mended = applyChanges(first, foreignChanges(foreign))
  const asides = isPlain
    ? mended
    : applyChanges(mended, asideChanges(parsePage('page.md', mended.text)))
  const page = parsePage('page.md', asides.text)
  const draft = applyChanges(asides, [...changesOf(page), ...proseRemarks(page)])
  const isRead = parsePage('page.md', draft.text).runbook.steps.length > 0
  if (isRead || draft.remarks.length > 0 || draft.text.trim() === '') return draft
  const none = {
    offset: 0,
    message: messages.noCommands,
    help: messages.writePrompts,
    shown: undefined,
  }
  return { ...draft, remarks: [none, ...draft.remarks] }
}

/** Of changes at the same place the first counts. */
function applyChanges(draft: Draft, changes: readonly Change[]): Draft {
  const found = changes.map(({ edits }) => ({
    code: 'RB0316' as const,
    message: messages.nothingRuns,
    help: undefined,
    file: '',
    span: place,
    fix: { edits },
  }))
  const { fixed, edits } = applyFixes(draft.text, found)
  const made = new Set(fixed.map(({ fix }) => fix?.edits))
  const remarks = changes.flatMap((change) =>
    change.edits.length === 0 || made.has(change.edits) ? change.remarks : [],
  )
  return editDraft({ text: draft.text, remarks: [...draft.remarks, ...remarks] }, edits)
}

const start = { line: 1, column: 1, offset: 0 }
const place = { start, end: start }

/** cram's tests: what is indented by two blanks is a transcript. */
function fromCram(source: string): string {
  return source.replaceAll(/^(?: {2}.*\n?)+/gm, (block) => {
    const content = block.trimEnd().replaceAll(/^ {2}/gm, '')
    return `${fenceText('cram', content)}\n`
  })
}

/**
 * `# words` directly above a command is a remark of a shell, and `# command` a prompt of root: with
 * several of them, and no other Markdown, the text is plain.
 */
function withoutRemarkMarks(text: string): string {
  const lines = text.split('\n')
  const isMarkdown = lines.some((line) => /^ {0,3}(?:#{2,6} \S|```|~~~)/.test(line))
  const marked = lines.flatMap((line, at) => (/^# \S/.test(line) ? [at] : []))
  const near = marked.filter((at) => (lines[at + 1] ?? '').trim() !== '')
  if (isMarkdown || marked.length < 3 || near.length * 3 < marked.length * 2) return text
  return lines
    .map((line) => {
      const rest = /^# (\S.*)$/.exec(line)?.[1]
      if (rest === undefined) return line
      return startsWithCommand(rest) ? `[root]# ${rest}` : rest
    })
    .join('\n')
}

function changesOf(page: ParsedPage): readonly Change[] {
  const changes: Change[] = []
  let step: Fence | undefined
  let end = 0
  for (const block of page.blocks) {
    if (block.kind !== 'fence') {
      step = undefined
      end = block.span.end.offset
      continue
    }
    const { fence } = block
    const above = page.source.text.slice(end, fence.span.start.offset)
    end = fence.span.end.offset
    const content = block.group ? undefined : contentChange(page, fence, { step, above })
    if (content) {
      changes.push(content)
      step = undefined
      continue
    }
    if (fenceKind(fence) !== 'prose' || isExample(fence)) {
      if (!/^(?:output|dialog)$/.test(fenceKind(fence))) step = fence
      continue
    }
    const change = fenceChange(page, fence, step)
    if (change) changes.push(change)
    if (change && !/^(?:output|dialog|text)\b/.test(change.edits[0]?.text ?? '')) step = fence
  }
  return changes
}

function fenceChange(page: ParsedPage, fence: Fence, step: Fence | undefined): Change | undefined {
  const offset = fence.span.start.offset
  const rename = (word: string): Edit => renameFence(fence, page.source, word)
  const between = step ? page.source.text.slice(step.span.end.offset, fence.span.start.offset) : ''
  const meaning = blockMeaning(fence)
  if (meaning === 'bash' && isUnusedSetting(page, fence)) return settingChange(page, fence)
  switch (meaning) {
    case 'console':
    case 'bash':
      return { edits: [rename(meaning)], remarks: [] }
    case 'typed':
      return typedChange(page, fence, step)
    case 'other': {
      const isNear = step !== undefined && between.split('\n').length < 8
      const isShown = /^(?:text|txt|plaintext|plain|console output|log)?$/.test(fence.language)
      const isOutput = between.trim() === '' ? fence.language === '' : announcesOutput(between)
      if (!step || !isNear || !isShown || !isOutput || openedFile(step) !== undefined)
        return undefined
      const literal = fence.text.split('\n').map(literalHoles).join('\n')
      const edits = [
        rename('output'),
        ...(literal === fence.text ? [] : [contentEdit(fence, literal)]),
      ]
      const remark: Remark = {
        offset,
        message: messages.outputTaken,
        help: messages.recordAndSync,
        shown: undefined,
      }
      return { edits, remarks: [remark] }
    }
    case 'foreign':
      return undefined
    default:
      return meaning satisfies never
  }
}

function typedChange(page: ParsedPage, fence: Fence, step: Fence | undefined): Change {
  const offset = fence.span.start.offset
  const lines = fence.text.split('\n')
  const first = lines.find((line) => line.trim() !== '') ?? ''
  const rename = renameFence(fence, page.source, 'text')
  if (!step || !opensProgram(commandsText(step), first)) {
    const message = messages.typedNowhere(first)
    const remark = { offset, message, help: messages.typeOrRun, shown: fence.text }
    return { edits: fence.language === 'text' ? [] : [rename], remarks: [remark] }
  }
  const { dialog, printed } = readTyped(lines)
  const shown = printed.length === 0 ? undefined : printed.join('\n')
  const remark = { offset, message: messages.dialogOf(printed.length), help: undefined, shown }
  return {
    edits: [{ ...rename, text: 'dialog' }, contentEdit(fence, dialog)],
    remarks: [remark],
  }
}

/** `systemctl restart nginx` inside a sentence is in no block. */
function proseRemarks({ asides, source }: ParsedPage): readonly Change[] {
  return asides.flatMap(({ kind, span }) => {
    if (kind !== 'paragraph') return []
    const text = source.text.slice(span.start.offset, span.end.offset)
    const remarks = [...text.matchAll(/(?<!`)`([^`\n]{3,200})`(?!`)/g)].flatMap(
      ({ index, 1: code = '' }) => {
        const command = code.replace(/^[$#] /, '')
        if (!/\s/.test(command) || !startsWithCommand(command)) return []
        const offset = span.start.offset + index
        return [
          {
            offset,
            message: messages.inSentence(command),
            help: messages.ownBlock,
            shown: command,
          },
        ]
      },
    )
    return remarks.length === 0 ? [] : [{ edits: [], remarks }]
  })
}
