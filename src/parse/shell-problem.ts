/**
 * Finds the first syntax error of a shell text, and the construct left open before it.
 *
 * Also reports what the parser library accepts and bash refuses: unclosed here-documents, stray
 * parentheses, and zsh syntax.
 */

import { valueOf } from '../model/named.ts'
import { forEachChild, type ParsedScript, type SyntaxNode } from 'unbash'

export interface ShellProblem {
  readonly message: string
  readonly start: number
  readonly end: number
  /** Whether more text could complete it: an open quote, an `if` without `fi`. */
  readonly incomplete: boolean
  /** The construct that is never closed: its opening word and position. */
  readonly opened: { readonly word: string; readonly at: number } | undefined
  /** A `<name>` placeholder that bash reads as a redirection. */
  readonly placeholder: string | undefined
}

const openers: Readonly<
  Record<string, { readonly word: string; readonly types: readonly string[] }>
> = {
  if: { word: 'if', types: ['If'] },
  for: { word: 'for', types: ['For', 'ArithmeticFor'] },
  while: { word: 'while', types: ['While'] },
  until: { word: 'until', types: ['While'] },
  case: { word: 'case', types: ['Case'] },
  select: { word: 'select', types: ['Select'] },
  'brace group': { word: '{', types: ['BraceGroup'] },
  subshell: { word: '(', types: ['Subshell'] },
  '[[': { word: '[[', types: ['TestCommand'] },
}

/** @returns `undefined` if bash accepts the text. */
export function findShellProblem(script: ParsedScript, text: string): ShellProblem | undefined {
  const found: ShellProblem[] = []
  const add = (message: string, start: number, end: number) => {
    const incomplete = /^(?:expected|unterminated|the here-document)/.test(message)
    found.push({ message, start, end, incomplete, opened: undefined, placeholder: undefined })
  }
  const nodes: SyntaxNode[] = []
  const addErrors = (errors: ParsedScript['errors']) => {
    for (const { message, pos } of errors ?? []) {
      const start = Math.min(pos, text.length)
      const placeholder = placeholderBefore(message, text, start)
      if (placeholder) {
        found.push(placeholder)
        continue
      }
      const plain = message.replace(/^[A-Z]/, (letter) => letter.toLowerCase())
      add(plain, start, Math.max(start + 1, wordEnd(text, start)))
    }
  }
  // After an error the library parses the rest again at every level; skip those copies.
  const first = (script.errors ?? []).reduce(
    (least, { pos }) => Math.min(least, pos),
    Number.POSITIVE_INFINITY,
  )
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'CommandExpansion' && node.pos >= first) return
    nodes.push(node)
    if (node.type === 'HereDoc' && !node.closing) {
      const name = node.delimiter?.value ?? ''
      add(`the here-document \`${name}\` is never closed`, node.pos, node.end)
    }
    if (node.type === 'Command') addStrayParentheses(node, text, add)
    if (node.type === 'ParameterExpansion' && /^\$\{[(=^~]/.test(node.text)) {
      add(`\`${node.text}\` is understood by zsh only`, node.pos, node.end)
    }
    // Positions in a script decoded from backquotes refer to another text.
    const isElsewhere = 'source' in node && node.source !== undefined
    if (isElsewhere) return
    forEachChild(node, visit)
    if ('errors' in node && node !== script) addErrors(node.errors)
  }
  visit(script)
  addErrors(script.errors)
  const [problem] = found.toSorted((a, b) => a.start - b.start)
  return problem && { ...problem, opened: openerOf(problem.message, nodes, text) }
}

/** For `cd <path>`: bash reports a newline where it expects a file name. */
function placeholderBefore(message: string, text: string, at: number): ShellProblem | undefined {
  if (!message.toLowerCase().startsWith('expected redirect target')) return undefined
  const before = text.slice(Math.max(0, at - 200), at)
  const [, word] = /(<[^\s<>&|;]+(?: [^\s<>&|;]+)*>)\s*$/.exec(before) ?? []
  if (word === undefined) return undefined
  const start = at - before.length + before.lastIndexOf(word)
  const said = `\`${word}\` is a redirection, not a placeholder`
  const none = { incomplete: false, opened: undefined }
  return { message: said, start, end: start + word.length, placeholder: word, ...none }
}

/** For `expected 'fi' to close 'if'`: the last such construct that is still open. */
function openerOf(
  message: string,
  nodes: readonly SyntaxNode[],
  text: string,
): ShellProblem['opened'] {
  const [, closed = ''] = /to close '?([^']+)'?$/.exec(message) ?? []
  const opener = valueOf(openers, closed)
  if (!opener) return undefined
  const node = nodes.findLast(
    ({ type, pos, end }) =>
      opener.types.includes(type) && (end <= pos || end >= text.trimEnd().length),
  )
  return node && { word: opener.word, at: node.pos }
}

/** The library skips a parenthesis between two words; bash refuses it. */
function addStrayParentheses(
  command: Extract<SyntaxNode, { type: 'Command' }>,
  text: string,
  add: (message: string, start: number, end: number) => void,
): void {
  let at = command.name?.end
  if (at === undefined) return
  for (const { pos, end } of command.suffix) {
    const stray = text.slice(at, pos).search(/[()]/)
    if (stray !== -1) {
      add(`unexpected token '${text[at + stray] ?? ''}'`, at + stray, at + stray + 1)
      return
    }
    at = Math.max(at, end)
  }
}

function wordEnd(text: string, start: number): number {
  const rest = /^\S+/.exec(text.slice(start, start + 200))
  return start + (rest?.[0].length ?? 0)
}
