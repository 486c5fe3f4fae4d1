/**
 * Splits shell text into complete commands by bash's grammar, never by lines.
 *
 * Only this module, `shell-problem.ts` and `simple-commands.ts` know the parser library. Two rules
 * are added: a command extends to the end of its last line, and statements on one line form one
 * command.
 */

import { forEachChild, type SyntaxNode } from 'unbash'
import { maxShellDepth } from './nesting.ts'
import { parseShell } from './parse-shell.ts'
import { findShellProblem, type ShellProblem } from './shell-problem.ts'

/** A command's range in the text that was split. */
export interface CommandRange {
  readonly start: number
  readonly end: number
}

export interface SplitShell {
  readonly commands: readonly CommandRange[]
  /** The first syntax error; if set, `commands` is empty. */
  readonly problem: ShellProblem | undefined
}

/** @param text - Shell text with LF line ends. */
export function splitShell(text: string): SplitShell {
  // Bash adds a line end after the last line, which completes a final `\`.
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

/** Refuses text that nests too deep, because every walk over a command recurses. */
function tooDeep(text: string): ShellProblem {
  const message = `it nests deeper than ${maxShellDepth} levels`
  const none = { incomplete: false, opened: undefined, placeholder: undefined }
  return { message, start: 0, end: Math.min(text.length, 1), ...none }
}

/** Whether a text ends in a `\` that continues on the next line. */
export function endsInContinuation(text: string): boolean {
  return /(?:^|[^\\])(?:\\\\)*\\$/.test(text.slice(-1000))
}

/** End of the logical line: a `\` before a line end continues on the next line. */
function lineEnd(text: string, from: number): number {
  let start = from
  for (;;) {
    // A here-document may close exactly at the line end.
    const at = text.indexOf('\n', start)
    if (at === -1) return text.length
    const line = text.slice(start, at)
    if (!endsInContinuation(line) || hasRemark(line)) return at
    start = at + 1
  }
}

/** A comment extends to the end of its line, including a final `\`. */
function hasRemark(line: string): boolean {
  return /(?:^|[\s;&|()])#/.test(line)
}

/** The text after a command, without a final `\` that continues on no line. */
function withoutContinuation(tail: string): string {
  if (!tail.includes('\\') || hasRemark(tail)) return tail
  let rest = tail.trimEnd()
  while (rest.endsWith('\\')) rest = rest.slice(0, -1).trimEnd()
  return rest
}

/** End of the last here-document inside a node; 0 without one. */
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
