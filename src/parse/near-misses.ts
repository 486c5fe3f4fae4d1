/**
 * Reports fences that look like ours but are not: a misspelt language, attributes outside the
 * braces.
 *
 * Otherwise such a block would silently be prose, or run without its attributes.
 */

import { messages } from './messages.ts'
import type { Fence } from '../model/fence.ts'
import type { Span } from '../model/span.ts'
import { attributeInfo, type FenceKind, isAttributeName } from './attribute-table.ts'
import { isExample, misspeltWord } from './fence-kind.ts'
import { addAttribute, renameFence } from './info-edits.ts'
import type { PageSource } from './page-source.ts'
import type { Report } from './report.ts'

interface Page {
  readonly source: PageSource
  readonly report: Report
}

export function reportNearMisses(fence: Fence, kind: FenceKind, { source, report }: Page): void {
  const meant = kind === 'prose' && !isExample(fence) ? misspeltWord(fence.language) : undefined
  if (meant !== undefined) {
    const message = messages.unknownFenceWord(fence.language)
    report.add('RB0313', wordSpan(fence, source), message, messages.meantOrExample(meant), {
      edits: [renameFence(fence, source, meant)],
    })
  }
  for (const { text, at } of wordsOutside(source, fence)) {
    if (!isOurs(text, kind)) continue
    const start = fence.infoSpan.start.offset + at
    const span = source.span(start, start + text.length)
    const blanks =
      /\s*$/.exec(source.text.slice(fence.infoSpan.start.offset, start))?.[0].length ?? 0
    const moved = { start: start - blanks, end: span.end.offset, text: '' }
    report.add('RB0109', span, messages.outsideBraces(text), messages.writeInBraces(text), {
      edits: [moved, addAttribute(fence, source, text)],
    })
  }
}

function wordSpan({ infoSpan, language }: Fence, source: PageSource): Span {
  const info = source.text.slice(infoSpan.start.offset, infoSpan.end.offset)
  const start = infoSpan.start.offset + Math.max(0, info.toLowerCase().indexOf(language))
  return source.span(start, start + language.length)
}

/** Words after the language, outside braces and labels. */
function wordsOutside(
  source: PageSource,
  { infoSpan }: Fence,
): readonly { readonly text: string; readonly at: number }[] {
  const info = source.text.slice(infoSpan.start.offset, infoSpan.end.offset)
  const rest = info
    .replace(/^\s*[^\s{[:,]*/, blank)
    .replaceAll(/\{(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^}"'])*\}?|\[[^\]]*\]?/g, blank)
  const word = /[^\s,:={}[\]]+(?:=(?:"[^"]*"|'[^']*'|[^\s,]*))?/g
  return [...rest.matchAll(word)].map(({ 0: text, index }) => ({ text, at: index }))
}

function blank(part: string): string {
  return ' '.repeat(part.length)
}

/** Attributes that mark a step in any language: `sql run="mysql"`. */
const stepNames = new Set(['run', 'as', 'needs', 'when', 'unless', 'ensures', 'creates'])

function isOurs(text: string, kind: FenceKind): boolean {
  const [, id] = /^#([A-Za-z][\w-]*)$/.exec(text) ?? []
  if (id !== undefined) return kind !== 'prose'
  const [name = '', ...value] = text.split('=')
  const isAssigned = value.length > 0
  // Site generators use `title` too.
  if (!isAttributeName(name) || name === 'id' || name === 'title') return false
  if (kind !== 'prose') return isAssigned || attributeInfo(name).type === 'flag'
  const isHostPath = name === 'file' && /^["']?[/~]/.test(value.join('='))
  return isAssigned && (stepNames.has(name) || isHostPath)
}

/** Reports what looks like attributes at the end of a manual step, which takes none. */
export function reportManualAttributes(item: Span, { source, report }: Page): void {
  for (let line = item.start.line; line <= item.end.line; line++) {
    const text = source.line(line)
    if (line > item.start.line && /^\s*(?:$|[-*+]\s|\d+[.)]\s|[`~]{3})/.test(text)) return
    const [, group = ''] = /\{([^{}]*)\}\s*$/.exec(text.slice(-maxGroup)) ?? []
    const [word = ''] = /\S+/.exec(group) ?? []
    const isId = word.startsWith('#')
    const name = isId ? 'id' : (word.split('=')[0] ?? '')
    const isOurWord =
      isId || (isAttributeName(name) && (word.includes('=') || attributeInfo(name).type === 'flag'))
    if (!isOurWord) continue
    const column = text.lastIndexOf('{') + 1
    const span = { start: source.at(line, column), end: source.at(line, text.trimEnd().length + 1) }
    const message = messages.noEffectManual(name === 'id' ? '#id' : name)
    report.add('RB0105', span, message, messages.manualTakesNone)
  }
}

const maxGroup = 1000
