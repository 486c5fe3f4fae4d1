/** Commands in paragraphs and in indented text of a Markdown page. */

import { startsWithCommand } from '../lint/command-start.ts'
import { isContentOf } from '../lint/file-content.ts'
import type { ParsedPage } from '../parse/parse-runbook.ts'
import { promptOfLine } from '../parse/transcript.ts'
import { commandsText, fileRemark, openedFile } from './file-fences.ts'
import type { Change } from './foreign-fences.ts'
import { type LoosePart, readLooseLines } from './loose-lines.ts'
import type { Draft, Remark } from './page-draft.ts'
import { hasChinese, namedFile, saysEdit } from './page-words.ts'
import { renderLoose } from './render-loose.ts'

/** Lines of a page: paragraphs with only empty lines between them, or an indented text. */
interface Region {
  readonly kind: 'paragraphs' | 'listed' | 'indented'
  readonly start: number
  readonly end: number
}

export function asideChanges(page: ParsedPage): readonly Change[] {
  const changes: Change[] = []
  let above: readonly LoosePart[] = []
  let end = 0
  for (const region of regionsOf(page)) {
    const before = isNear(page, end, region.start) ? above : fenceAbove(page, region.start)
    const text = page.source.text.slice(region.start, region.end)
    const isMarkdown = region.kind === 'paragraphs'
    const parts = readLooseLines(text, { isMarkdown, before })
    above = parts
    end = region.end
    if (!isLoose(region, text) && !isMarkdown) continue
    changes.push(...changeOf(page, region, { parts, isMarkdown, isOpened: before.length > 0 }))
  }
  return changes
}

interface Read {
  readonly parts: readonly LoosePart[]
  readonly isMarkdown: boolean
  /** Whether something above may have opened an editor. */
  readonly isOpened: boolean
}

function changeOf(
  page: ParsedPage,
  { kind, start, end }: Region,
  { parts, isMarkdown, isOpened }: Read,
): readonly Change[] {
  const text = page.source.text.slice(start, end)
  const draft = renderLoose(parts, isMarkdown)
  const remarks = [
    ...draft.remarks.map((remark) => ({ ...remark, offset: start })),
    ...(kind === 'indented' ? fileRemarks(page, start, text) : []),
  ]
  const hasCommands = parts.some(({ kind: part }) => /^(?:commands|typed|session)$/.test(part))
  const isContent = isOpened && parts[0]?.kind === 'text'
  const isInHan = kind === 'indented' && hasChinese(text)
  if (!hasCommands && !isContent && !isInHan)
    return remarks.length === 0 ? [] : [{ edits: [], remarks }]
  const rest = /^[ \t]*(?:\n|$)/.test(page.source.text.slice(end)) ? '' : '\n'
  return [{ edits: [{ start, end, text: `${textOf(draft)}${rest}` }], remarks }]
}

/** An indented text behind words that name the file in which it is to stand. */
function fileRemarks({ source }: ParsedPage, start: number, text: string): readonly Remark[] {
  const above =
    source.text
      .slice(0, start)
      .split(/^#.*$|^```.*$/m)
      .at(-1) ?? ''
  const path = namedFile(above)
  if (path === undefined || !saysEdit(above) || !isContentOf(path, text.trim())) return []
  return [fileRemark({ text: text.trimEnd(), offset: start }, path, above)]
}

function textOf({ text }: Draft): string {
  return text === '' ? '\n' : text
}

function regionsOf(page: ParsedPage): readonly Region[] {
  const { asides, source } = page
  const regions: Region[] = []
  for (const { kind, span } of asides) {
    if (kind === 'html') continue
    const start = source.lineStart(span.start.line)
    const end = Math.min(source.lineStart(span.end.line + 1), source.text.length)
    const text = source.text.slice(start, end)
    if (kind === 'paragraph' && /^\s*>/.test(text)) continue
    const isListed = start !== span.start.offset
    const own = kind === 'indented' ? 'indented' : isListed ? 'listed' : 'paragraphs'
    const last = regions.at(-1)
    if (last?.kind === 'paragraphs' && own === 'paragraphs' && isNear(page, last.end, start))
      regions[regions.length - 1] = { ...last, end }
    else regions.push({ kind: own, start, end })
  }
  return regions
}

function isNear({ source }: ParsedPage, end: number, start: number): boolean {
  return end > 0 && source.text.slice(end, start).trim() === ''
}

/** A block directly above that opens an editor. */
function fenceAbove(page: ParsedPage, start: number): readonly LoosePart[] {
  const above = page.blocks.flatMap((block) =>
    block.kind === 'fence' && isNear(page, block.fence.span.end.offset, start) ? [block.fence] : [],
  )
  return above.flatMap((fence): readonly LoosePart[] =>
    openedFile(fence) === undefined ? [] : [{ kind: 'commands', text: commandsText(fence) }],
  )
}

/** Whether a text between other Markdown holds lines that are surely no Markdown. */
function isLoose({ kind }: Region, text: string): boolean {
  if (kind === 'indented') return true
  return text.split('\n').some((line) => isPrompted(line) || isLabelled(line))
}

/** Whether a line is a Chinese label, a colon and a command. */
function isLabelled(line: string): boolean {
  const [, label = '', rest = ''] =
    /^\s*(?:[*•-]|\d+[.)、])?\s*([^`]{1,60})[：:]\s*(\S.*)$/.exec(line) ?? []
  return hasChinese(label) && startsWithCommand(rest)
}

function isPrompted(line: string): boolean {
  const prompt = promptOfLine(line.trim())
  return prompt !== undefined && line.trim().length > prompt.length
}
