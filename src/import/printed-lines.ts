/** Lines behind a command that a program printed. */

import { startsWithCommand } from '../lint/command-start.ts'
import { typedAtProgram } from '../parse/program-prompts.ts'
import { promptOfLine } from '../parse/transcript.ts'
import { hasChinese, listMark } from './page-words.ts'

/** How many lines from here on a terminal shows below a command. */
export function printedLines(lines: readonly string[], from: number): number {
  let end = from
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] ?? ''
    // An empty line goes on only to what could be nothing else.
    if (line.trim() === '') {
      if (end !== at || !isTabular(lines[at + 1] ?? '')) break
      continue
    }
    if (isWords(line) || isTyped(line)) break
    end = at + 1
  }
  return end - from
}

/** How many lines from here on look printed, where words above them say that they are. */
export function shownLines(lines: readonly string[], from: number): number {
  const count = printedLines(lines, from)
  return lines.slice(from, from + count).some((line) => startsWithCommand(line.trim())) ? 0 : count
}

/** Columns, times, marks of a program: nothing that a person writes. */
function isTabular(line: string): boolean {
  return /\S {2,}\S.* {2,}\S|^[●○×]|^\s+[A-Z][\w ]*: |^\w{3} +\d+ \d\d:\d\d|^\d{4}-\d\d-\d\d[ T]\d\d:/.test(
    line,
  )
}

function isTyped(line: string): boolean {
  const text = line.trim()
  return promptOfLine(text) !== undefined || typedAtProgram(text) !== undefined
}

/** A sentence, a heading or a point of a list; and a command of its own. */
function isWords(line: string): boolean {
  const text = line.trim()
  if (isTabular(line)) return false
  if (listMark.test(text) || hasChinese(text)) return true
  const isSentence = /^[A-Z][a-z']*(?: [\w',`()/-]+){2,}(?:[^.][.!?]|:)$/.test(text)
  return isSentence || /^(?:sudo|cd|yum|apt|apt-get|systemctl|vi|vim|nano) \S/.test(text)
}
