/**
 * Splits shell text into complete commands by bash's own grammar, never by lines.
 *
 * The only module that knows the parser library. Its additions: here-documents must be closed, a
 * command reaches to the end of its last line, and statements that share a line are one command.
 */

import { forEachChild, parse, type SyntaxNode } from 'unbash'

/** A command's place in the text that was split. */
export interface CommandRange {
  readonly start: number
  readonly end: number
}

export interface ShellProblem {
  readonly message: string
  readonly start: number
  readonly end: number
  /** Whether more text could mend it: an open quote, an `if` without `fi`. */
  readonly incomplete: boolean
}

export interface SplitShell {
  readonly commands: readonly CommandRange[]
  /** The first thing that bash would refuse. Where there is one, `commands` is empty. */
  readonly problem: ShellProblem | undefined
}

/** @param text - Shell text with LF line ends. */
export function splitShell(text: string): SplitShell {
  const script = parse(text)
  const problem = firstProblem(script, text)
  if (problem) return { commands: [], problem }

  const commands: { start: number; end: number }[] = []
  for (const statement of script.commands) {
    const end = lineEnd(text, Math.max(statement.end, lastHereDocEnd(statement, text)))
    const last = commands.at(-1)
    if (last && statement.pos < last.end) last.end = Math.max(last.end, end)
    else commands.push({ start: statement.pos, end })
  }
  return { commands, problem: undefined }
}

function lineEnd(text: string, from: number): number {
  // A here-document's closing mark may end right at its line end.
  const at = text.indexOf('\n', from)
  return at === -1 ? text.length : at
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

function firstProblem(script: ReturnType<typeof parse>, text: string): ShellProblem | undefined {
  const problems: ShellProblem[] = []
  const collect = (
    errors: readonly { readonly message: string; readonly pos: number }[] | undefined,
  ) => {
    for (const { message, pos } of errors ?? []) {
      const start = Math.min(pos, text.length)
      problems.push({
        message: message.replace(/^[A-Z]/, (letter) => letter.toLowerCase()),
        start,
        end: Math.max(start + 1, wordEnd(text, start)),
        incomplete: /^(?:expected|unterminated)/i.test(message),
      })
    }
  }
  collect(script.errors)
  const visit = (node: SyntaxNode) => {
    if (node.type === 'HereDoc' && !node.closing) {
      problems.push({
        message: `the here-document \`${node.delimiter?.value ?? ''}\` is never closed`,
        start: node.pos,
        end: node.end,
        incomplete: true,
      })
    }
    if ('errors' in node) collect(node.errors)
    forEachChild(node, visit)
  }
  for (const statement of script.commands) visit(statement)
  return problems.toSorted((a, b) => a.start - b.start)[0]
}

function wordEnd(text: string, start: number): number {
  const rest = /^\S+/.exec(text.slice(start))
  return start + (rest?.[0].length ?? 0)
}
