/**
 * Splits shell text into complete commands by bash's own grammar, never by lines.
 *
 * With `shell-problem.ts` and `simple-commands.ts` the only module that knows the parser library.
 * Its additions: a command reaches to the end of its last line, and statements that share a line
 * are one command.
 */

import { forEachChild, type SyntaxNode } from 'unbash'
import { maxShellDepth } from './nesting.ts'
import { parseShell } from './parse-shell.ts'
import { findShellProblem, type ShellProblem } from './shell-problem.ts'

/** A command's place in the text that was split. */
export interface CommandRange {
  readonly start: number
  readonly end: number
}

export interface SplitShell {
  readonly commands: readonly CommandRange[]
  /** The first thing that bash would refuse. Where there is one, `commands` is empty. */
  readonly problem: ShellProblem | undefined
}

/** @param text - Shell text with LF line ends. */
export function splitShell(text: string): SplitShell {
  // Bash reads a line end behind the last line: a `\` there goes on with nothing.
  const script = parseShell(endsInContinuation(text) ? `${text}\n` : text)
  if (!script) return { commands: [], problem: tooDeep(text) }
  const problem = findShellProblem(script, text)
  if (problem) return { commands: [], problem }

  const commands: { start: number; statementEnd: number; end: number }[] = []
  for (const statement of script.commands) {
    const statementEnd = Math.max(statement.end, lastHereDocEnd(statement, text))
    const end = lineEnd(text, statementEnd)
    const last = commands.at(-1)
    if (last && statement.pos < last.end) {
      last.end = Math.max(last.end, end)
      last.statementEnd = Math.max(last.statementEnd, statementEnd)
    } else commands.push({ start: statement.pos, statementEnd, end })
  }
  return {
    commands: commands.map(({ start, statementEnd, end }) => ({
      start,
      end: statementEnd + withoutContinuation(text.slice(statementEnd, end)).length,
    })),
    problem: undefined,
  }
}

/** What nests deeper than any person writes it; every walk over a command recurses. */
function tooDeep(text: string): ShellProblem {
  const message = `it nests deeper than ${maxShellDepth} levels`
  const none = { incomplete: false, opened: undefined, placeholder: undefined }
  return { message, start: 0, end: Math.min(text.length, 1), ...none }
}

/** Whether a text ends with a `\` that goes on in the next line. */
export function endsInContinuation(text: string): boolean {
  return /(?:^|[^\\])(?:\\\\)*\\$/.test(text.slice(-1000))
}

/** The end of the line as bash reads it: a `\` before a line end goes on in the next. */
function lineEnd(text: string, from: number): number {
  let start = from
  for (;;) {
    // A here-document's closing mark may end right at its line end.
    const at = text.indexOf('\n', start)
    if (at === -1) return text.length
    const line = text.slice(start, at)
    if (!endsInContinuation(line) || hasRemark(line)) return at
    start = at + 1
  }
}

/** A remark goes to the end of its line, and a `\` there is part of it. */
function hasRemark(line: string): boolean {
  return /(?:^|[\s;&|()])#/.test(line)
}

/** What stands behind a command, without a `\` that goes on with nothing. */
function withoutContinuation(tail: string): string {
  if (!tail.includes('\\') || hasRemark(tail)) return tail
  let rest = tail.trimEnd()
  while (rest.endsWith('\\')) rest = rest.slice(0, -1).trimEnd()
  return rest
}

/** Where the last here-document inside a node closes; 0 where it has none. */
function lastHereDocEnd(node: SyntaxNode, text: string): number {
  if (!text.includes('<<')) return 0
  let end = 0
  const visit = (child: SyntaxNode) => {
    if (child.type === 'HereDoc' && child.closing) end = Math.max(end, child.closing.end)
    forEachChild(child, visit)
  }
  visit(node)
  return text[end - 1] === '\n' ? end - 1 : end
}
