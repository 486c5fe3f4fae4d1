/**
 * The simple commands of a shell text at any depth, and the variables that it uses and sets. Lint
 * rules read these.
 */

import { forEachChild, type SyntaxNode, type Word } from 'unbash'
import { parseShell } from './parse-shell.ts'

/** A range in the text, in UTF-16 units from its start. */
interface Place {
  readonly start: number
  readonly end: number
}

export interface ShellWord extends Place {
  /** Quotes removed; expansions as written. */
  readonly value: string
  /** As written. */
  readonly text: string
}

export interface ShellRedirect extends Place {
  readonly operator: string
  readonly target: ShellWord | undefined
}

export interface SimpleCommand extends Place {
  readonly name: ShellWord
  readonly args: readonly ShellWord[]
  /** `NAME=value` before the command. */
  readonly assignments: readonly (Place & { readonly name: string; readonly value: string })[]
  readonly redirects: readonly ShellRedirect[]
  readonly hereDocs: readonly (Place & { readonly text: string })[]
  /** Whether standard input is a pipe, a file or a here-document. */
  readonly isFed: boolean
  /** Whether its output goes into a pipe. */
  readonly isPiped: boolean
  readonly isBackground: boolean
  /** Inside a loop, condition, function, subshell or substitution. */
  readonly isNested: boolean
}

export interface VariableUse extends Place {
  readonly name: string
  /** Whether the expansion handles an unset variable: `${NAME:-x}`, `${NAME:?}` and so on. */
  readonly isGuarded: boolean
}

export interface ShellReading {
  readonly commands: readonly SimpleCommand[]
  readonly uses: readonly VariableUse[]
  /** Names that the text sets, with or without a command. */
  readonly sets: ReadonlySet<string>
  /** Literal values that are assigned, with or without a command. */
  readonly assignments: readonly (Place & { readonly name: string; readonly value: string })[]
  /** `$1`, `$@` and `$#` outside of functions, without a default. */
  readonly parameters: readonly (Place & { readonly name: string })[]
  /** Whether it runs other text in the same shell (`source`, `eval`), which may set any name. */
  readonly runsOther: boolean
}

interface Around {
  readonly isFed: boolean
  readonly isPiped: boolean
  readonly isBackground: boolean
  readonly isNested: boolean
  /** A function has parameters of its own. */
  readonly isInFunction: boolean
}

const setters = new Set(['read', 'mapfile', 'readarray', 'getopts', 'printf', 'let'])
export const declarers: ReadonlySet<string> = new Set([
  'export',
  'declare',
  'typeset',
  'local',
  'readonly',
])

/** @param text - Shell text that bash's grammar accepts. */
export function readSimpleCommands(text: string): ShellReading {
  const reader = new Reader(text)
  const script = parseShell(text)
  // Text that nests too deep is refused where commands are parsed.
  if (script) reader.visit(script, outside)
  return reader
}

const outside: Around = {
  isFed: false,
  isPiped: false,
  isBackground: false,
  isNested: false,
  isInFunction: false,
}

class Reader implements ShellReading {
  readonly commands: SimpleCommand[] = []
  readonly uses: VariableUse[] = []
  readonly parameters: ShellReading['parameters'][number][] = []
  readonly sets = new Set<string>()
  readonly assignments: ShellReading['assignments'][number][] = []
  runsOther = false
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  visit(node: SyntaxNode, around: Around): void {
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- all others only hold nodes
    switch (node.type) {
      case 'Script':
        // Positions in decoded backquotes refer to another text.
        if (node.source !== undefined) return
        break
      case 'Statement':
        if (node.background === true) return this.#children(node, { ...around, isBackground: true })
        break
      case 'Pipeline':
        for (const [index, command] of node.commands.entries()) {
          const isLast = index === node.commands.length - 1
          this.visit(command, {
            ...around,
            isFed: around.isFed || index > 0,
            isPiped: around.isPiped || !isLast,
          })
        }
        return
      case 'Command':
        this.#command(node, around)
        break
      case 'Redirected':
        return this.#children(node, { ...around, isFed: around.isFed || isFedBy(node.redirects) })
      case 'For':
      case 'Select':
        this.sets.add(node.name.value)
        return this.#children(node, { ...around, isNested: true })
      case 'Function':
        return this.#children(node, { ...around, isNested: true, isInFunction: true })
      case 'If':
      case 'While':
      case 'Case':
      case 'Subshell':
      case 'CommandExpansion':
      case 'ProcessSubstitution':
        return this.#children(node, { ...around, isNested: true })
      case 'ArithmeticFor':
        this.#arithmetic(node.pos, node.body.pos)
        return this.#children(node, { ...around, isNested: true })
      case 'Coproc': {
        const name = node.name?.value ?? 'COPROC'
        this.sets.add(name)
        this.sets.add(`${name}_PID`)
        return this.#children(node, { ...around, isBackground: true })
      }
      case 'Assignment':
        this.#assignment(node)
        break
      case 'FileDescriptorVariable':
        this.sets.add(node.name)
        break
      case 'SimpleExpansion':
        this.#use(node.text.slice(1), node, { isGuarded: false, around })
        break
      case 'ParameterExpansion': {
        const isDefault = node.operation?.type === 'Default'
        const isGuarded = isDefault || node.prefix === '!' || node.operation?.type === 'Names'
        this.#use(node.parameter, node, { isGuarded, around })
        if (node.operation?.type === 'Default' && node.operation.operator.endsWith('='))
          this.sets.add(node.parameter)
        break
      }
      case 'ArithmeticCommand':
      case 'ArithmeticExpansion':
        this.#arithmetic(node.pos, node.end)
        break
      default:
    }
    this.#children(node, around)
  }

  /** `i = 0`, `i += 1`, `i++` and `--i` set a name. */
  #arithmetic(start: number, end: number): void {
    const found = this.#text
      .slice(start, end)
      .matchAll(
        /([A-Za-z_]\w*)\s*(?:[-+*/%&|^]|<<|>>)?=(?!=)|([A-Za-z_]\w*)(?:\+\+|--)|(?:\+\+|--)([A-Za-z_]\w*)/g,
      )
    for (const [, set, counted, before] of found) this.#set(set ?? counted ?? before, true)
  }

  #children(node: SyntaxNode, around: Around): void {
    forEachChild(node, (child) => this.visit(child, around))
  }

  #command(node: Extract<SyntaxNode, { type: 'Command' }>, around: Around): void {
    if (!node.name) return
    const name = this.#word(node.name)
    const args = node.args.map((arg) =>
      arg.type === 'Word'
        ? this.#word(arg)
        : { value: arg.text, text: arg.text, start: arg.pos, end: arg.end },
    )
    const fedBy = isFedBy(node.redirects)
    this.commands.push({
      name,
      args,
      assignments: node.prefix.flatMap((each) =>
        each.type === 'Assignment' ? assigned(each) : [],
      ),
      redirects: node.redirects.flatMap((each) =>
        each.type === 'Redirect' || each.type === 'HereString'
          ? {
              operator: each.operator,
              target: each.target && this.#word(each.target),
              start: each.pos,
              end: each.end,
            }
          : [],
      ),
      hereDocs: node.redirects.flatMap((each) =>
        each.type === 'HereDoc'
          ? { text: each.body.text, start: each.body.pos, end: each.body.end }
          : [],
      ),
      ...around,
      isFed: around.isFed || fedBy,
      start: node.pos,
      end: node.end,
    })
    this.#setsOf(name.value, args)
  }

  #setsOf(name: string, args: readonly ShellWord[]): void {
    if (name === 'source' || name === '.' || name === 'eval') this.runsOther = true
    if (declarers.has(name)) {
      for (const { value } of args)
        this.#set(/^[A-Za-z_]\w*/.exec(value)?.[0], !value.startsWith('-'))
    }
    if (setters.has(name) && (name !== 'printf' || args[0]?.value === '-v')) {
      for (const { value } of args) this.#set(/^[A-Za-z_]\w*/.exec(value)?.[0], true)
    }
    if (name === 'read') this.sets.add('REPLY')
    const at = name === 'wait' ? args.findIndex(({ value }) => /^-[fn]*p$/.test(value)) : -1
    if (at !== -1) this.#set(args[at + 1]?.value, true)
  }

  #set(name: string | undefined, isName: boolean): void {
    if (name !== undefined && isName) this.sets.add(name)
  }

  #assignment(node: Extract<SyntaxNode, { type: 'Assignment' }>): void {
    this.sets.add(node.name)
    this.assignments.push(...assigned(node))
  }

  #use(
    name: string,
    { pos: start, end }: SyntaxNode,
    { isGuarded, around }: { readonly isGuarded: boolean; readonly around: Around },
  ): void {
    if (/^[A-Za-z_]\w*$/.test(name)) this.uses.push({ name, start, end, isGuarded })
    else if (/^(?:[1-9]\d*|[@*#])$/.test(name) && !isGuarded && !around.isInFunction)
      this.parameters.push({ name, start, end })
  }

  #word({ value, text, pos, end }: Word): ShellWord {
    return { value, text, start: pos, end }
  }
}

function assigned(node: Extract<SyntaxNode, { type: 'Assignment' }>) {
  const { name, value } = node
  if (value.type !== 'Word') return []
  return [{ name, value: value.value, start: value.pos, end: value.end }]
}

function isFedBy(
  redirects: readonly { readonly type: string; readonly operator: string }[],
): boolean {
  return redirects.some(({ operator }) => operator.startsWith('<'))
}
