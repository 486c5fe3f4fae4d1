/** Reports text that looks runnable but never runs. */

import { messages } from './messages.ts'
import { commandWord } from './command-words.ts'
import type { Rule } from './lint-page.ts'

/** Indented code has no language: a hint if its first line is a command. */
export const indentedCode: Rule = ({ asides, source }, report) => {
  for (const { kind, span } of asides) {
    if (kind !== 'indented') continue
    const line = source.line(span.start.line)
    const text = line.slice(span.start.column - 1).trimStart()
    const word = commandWord(text)
    if (word === undefined) continue
    const column = line.length - text.length + 1
    const place = {
      start: source.at(span.start.line, column),
      end: source.at(span.start.line, column + word.length),
    }
    report.add('RB0305', place, messages.indentedNeverRun, messages.putInFence)
  }
}

const fenceMark =
  /^[ \t>]{0,20}(?:`{3,}|~{3,})[ \t]*(?:bash|sh|shell|zsh|console|shellsession|shell-session)\b/i

/**
 * Markdown ignores a fence inside HTML before the next empty line, and a fence with a backtick in
 * its info string.
 */
export const unseenFence: Rule = ({ asides, source }, report) => {
  for (const { kind, span } of asides) {
    for (let line = span.start.line; line <= span.end.line; line++) {
      const text = source.line(line)
      const mark = fenceMark.exec(text)?.[0]
      if (mark === undefined) continue
      if (kind === 'html' && source.text.startsWith('<!--', span.start.offset)) break
      const start = mark.length - mark.trimStart().length
      const place = { start: source.at(line, start + 1), end: source.at(line, mark.length + 1) }
      if (kind === 'indented') {
        report.add('RB0309', place, messages.indentedFence, messages.indentLess)
      } else if (kind === 'html') {
        report.add('RB0309', place, messages.fenceInHtml, messages.emptyLineBefore)
      } else if (/^[ \t>]*`{3,}[^`]*\{[^`]*`[^`]*$/.test(text)) {
        report.add('RB0309', place, messages.fenceWithBacktick, messages.writeTildes)
      }
      break
    }
  }
}
