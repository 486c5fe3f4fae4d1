/** Turns changed lines into edits of the page; kept lines are not part of any edit. */

import type { Fence } from '../model/fence.ts'
import type { TextEdit } from '../text/apply-edits.ts'
import type { SyncedLine } from './synced-lines.ts'

/** A range of lines in a fence's content, from 0. */
export interface ContentLines {
  readonly fence: Fence
  readonly first: number
  readonly count: number
}

/**
 * @param page - The file's text, byte order mark included.
 * @param lines - The new content; kept lines by their index within `content`.
 */
export function pageEdits(
  page: string,
  content: ContentLines,
  lines: readonly SyncedLine[],
): readonly TextEdit[] {
  const edits: TextEdit[] = []
  let at = 0
  let added: string[] = []
  const replaceUpTo = (line: number) => {
    if (line > at || added.length > 0) {
      const start = lineStart(page, content, at)
      const end = lineStart(page, content, line)
      const lineEnd = lineEndAt(page, line > at ? start : start - 1)
      const text = added.map((each) => `${prefixed(content.fence, each)}${lineEnd}`).join('')
      edits.push({ start, end, text })
    }
    added = []
  }
  for (const line of lines) {
    if (line.kind === 'new') added.push(line.text)
    else {
      replaceUpTo(line.line)
      at = line.line + 1
    }
  }
  replaceUpTo(content.count)
  return edits
}

/** A line with the fence's prefix; no trailing blanks on an empty line. */
export function prefixed({ prefix }: Fence, line: string): string {
  return line === '' ? prefix.trimEnd() : `${prefix}${line}`
}

/** Offset of a content line on the page, container prefix included. */
function lineStart(page: string, { fence, first }: ContentLines, line: number): number {
  const shift = shiftOf(page)
  const own = fence.lineStarts[first + line]
  if (!own) return shift + fence.contentSpan.end.offset
  const before = page.slice(0, shift + own.offset)
  return Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1
}

/** Spans of the model do not count a byte order mark. */
export function shiftOf(page: string): number {
  return page.startsWith('\uFEFF') ? 1 : 0
}

/** The line end at an offset; for the last line of a page, that of the line above. */
export function lineEndAt(page: string, at: number): string {
  const next = /\r\n|\n|\r/.exec(page.slice(Math.max(at, 0)))?.[0]
  if (next !== undefined && page[at] === '\n' && page[at - 1] === '\r') return '\r\n'
  return next ?? /\r\n|\n|\r/.exec(page)?.[0] ?? '\n'
}
