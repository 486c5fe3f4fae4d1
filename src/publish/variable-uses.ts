/**
 * Finds where bash expands a page's variables in a command, by bash's own grammar.
 *
 * Lists no use in doubt, so that `$NAME` stays: in single quotes and `$'…'`, in comments, inside
 * `{a,b}`, in `${NAME:-x}`, and in text that the grammar refuses.
 */

import { forEachChild, parse, type SyntaxNode, type Word, type WordPart } from 'unbash'
import type { QuoteMode } from './quote-value.ts'

/** One `$NAME` or `${NAME}` that a value may replace. */
export interface VariableUse {
  /** In UTF-16 units from the text's start. */
  readonly start: number
  readonly end: number
  readonly name: string
  readonly mode: QuoteMode
  /** In a here-document, the line that ends it. */
  readonly stop: string | undefined
}

/** The uses in a command's text, in order. */
export function findVariableUses(text: string, names: ReadonlySet<string>): readonly VariableUse[] {
  if (names.size === 0 || !text.includes('$')) return []
  const script = parse(text)
  if (script.errors !== undefined && script.errors.length > 0) return []
  const finder = new Finder(text, names)
  finder.visit(script)
  return finder.uses.toSorted((a, b) => a.start - b.start)
}

/** The uses in a block with `expand`: only `${NAME}`. */
export function findExpandUses(text: string, names: ReadonlySet<string>): readonly VariableUse[] {
  return [...text.matchAll(/\$\{([A-Za-z_]\w*)\}/g)].flatMap((match) => rawUse(match, names))
}

/** The uses in a dialog's answer: `$NAME` and `${NAME}`. */
export function findAnswerUses(text: string, names: ReadonlySet<string>): readonly VariableUse[] {
  return [...text.matchAll(/\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g)].flatMap((match) =>
    rawUse(match, names),
  )
}

function rawUse(match: RegExpExecArray, names: ReadonlySet<string>): readonly VariableUse[] {
  const name = match[1] ?? match[2] ?? ''
  if (!names.has(name)) return []
  const start = match.index
  return [{ start, end: start + match[0].length, name, mode: 'raw', stop: undefined }]
}

class Finder {
  readonly uses: VariableUse[] = []
  readonly #text: string
  readonly #names: ReadonlySet<string>
  /** Inside backquotes, special characters have other meanings. */
  #isPlainOnly = false

  constructor(text: string, names: ReadonlySet<string>) {
    this.#text = text
    this.#names = names
  }

  visit(node: SyntaxNode): void {
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- all others only hold nodes
    switch (node.type) {
      case 'Command':
        if (node.name) this.#word(node.name, 'name')
        for (const child of [...node.prefix, ...node.suffix]) {
          if (child.type === 'Word') this.#word(child, 'words')
          else this.visit(child)
        }
        return
      case 'Assignment':
        if (node.value.type === 'Word') this.#word(node.value, 'value')
        else for (const element of node.value.elements) this.#word(element, 'name')
        return
      case 'Redirect':
      case 'HereString':
        if (node.target) this.#word(node.target, 'word')
        return
      case 'HereDoc':
        this.#parts(node.body.parts, 'heredoc', node.delimiter?.value ?? '')
        return
      case 'For':
      case 'Select':
        for (const word of node.wordlist ?? []) this.#word(word, 'words')
        this.visit(node.body)
        return
      case 'Case':
        this.#word(node.word, 'value')
        for (const item of node.items) {
          for (const pattern of item.pattern) this.#word(pattern, 'plain')
          this.visit(item.body)
        }
        return
      case 'TestUnary':
        this.#word(node.operand, 'value')
        return
      case 'TestBinary':
        this.#word(node.left, 'value')
        this.#word(node.right, /^(?:==?|!=|=~)$/.test(node.operator) ? 'plain' : 'value')
        return
      case 'ArithmeticWord':
        this.#arithmetic(node.pos, node.end)
        return
      case 'Word':
        this.#word(node, 'plain')
        return
      default:
        forEachChild(node, (child) => this.visit(child))
    }
  }

  #word(word: Word, mode: QuoteMode): void {
    const parts = word.parts ?? []
    const isSplit = mode === 'words' || mode === 'name'
    // Beside a pattern, a quoted character differs from one that comes from a value.
    if (isSplit && parts.some(isPattern)) return this.#parts(parts, 'plain')
    // Braces expand before values are split, so only a value of one word gives the same result.
    const hasBraces = parts.some((part) => part.type === 'BraceExpansion')
    this.#parts(parts, isSplit && hasBraces ? 'word' : mode)
  }

  #parts(parts: readonly WordPart[] | undefined, mode: QuoteMode, stop?: string): void {
    for (const part of parts ?? []) {
      switch (part.type) {
        case 'SimpleExpansion':
          this.#use(part.pos, part.end, part.text.slice(1), mode, stop)
          break
        case 'ParameterExpansion':
          if (part.text === `\${${part.parameter}}`) {
            this.#use(part.pos, part.end, part.parameter, mode, stop)
          } else forEachChild(part, (child) => this.visit(child))
          break
        case 'DoubleQuoted':
          this.#parts(part.parts, mode === 'plain' ? 'plain' : 'double')
          break
        case 'LocaleString':
        case 'ExtendedGlob':
        case 'Glob':
          this.#parts(part.parts, 'plain')
          break
        case 'CommandExpansion':
        case 'ProcessSubstitution':
          this.#script(part)
          break
        case 'ArithmeticExpansion':
          if (part.expression) this.visit(part.expression)
          break
        case 'BraceExpansion':
        case 'Literal':
        case 'SingleQuoted':
        case 'AnsiCQuoted':
          break
        default:
          part satisfies never
      }
    }
  }

  #script(part: Extract<WordPart, { type: 'CommandExpansion' | 'ProcessSubstitution' }>): void {
    // Positions in decoded backquotes refer to another text.
    if (!part.script || part.script.source !== undefined) return
    const before = this.#isPlainOnly
    this.#isPlainOnly = before || part.text.startsWith('`')
    this.visit(part.script)
    this.#isPlainOnly = before
  }

  #arithmetic(start: number, end: number): void {
    const [, braced, bare] = /^\$(?:\{(\w+)\}|(\w+))$/.exec(this.#text.slice(start, end)) ?? []
    const name = braced ?? bare
    if (name !== undefined) this.#use(start, end, name, 'plain')
  }

  #use(start: number, end: number, name: string, mode: QuoteMode, stop?: string): void {
    if (!this.#names.has(name)) return
    const written = this.#text.slice(start, end)
    if (written !== `$${name}` && written !== `\${${name}}`) return
    if (mode !== 'double' && mode !== 'heredoc') {
      // `~$NAME` is not a home folder, and in `$NAME{a,b}` braces expand first.
      if (/~[\w.-]*$/.test(this.#text.slice(0, start))) return
      if (this.#text[end] === '{' && !written.startsWith('${')) return
    }
    const isBesideSyntax = /[<>]/.test(this.#text[end] ?? '')
    this.uses.push({
      start,
      end,
      name,
      mode: this.#isPlainOnly ? 'plain' : mode === 'words' && isBesideSyntax ? 'name' : mode,
      stop,
    })
  }
}

function isPattern(part: WordPart): boolean {
  if (part.type === 'Literal') return /[*?[\]]/.test(part.text)
  return part.type === 'Glob' || part.type === 'ExtendedGlob'
}
