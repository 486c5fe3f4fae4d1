/** Variables that hold a folder of `mktemp`, which may be removed without loss. */

import { declarers, type ShellReading, type SimpleCommand } from '../parse/simple-commands.ts'
import type { Unwrapped } from '../parse/unwrap.ts'
import type { LintCommand, LintPage } from './lint-page.ts'

export class TemporaryFolders {
  /** Each value that the page assigns to a name, in order. */
  readonly #given: readonly {
    readonly name: string
    readonly isTemporary: boolean
    readonly index: number
    readonly at: number
  }[]
  readonly #indexes: ReadonlyMap<LintCommand, number>

  constructor({ commands }: LintPage) {
    this.#indexes = new Map(commands.map((lint, index) => [lint, index]))
    this.#given = commands.flatMap(({ reading }, index) =>
      assignedIn(reading).map(({ name, value, start }) => ({
        name,
        isTemporary: /^(?:\$\(|`)\s*mktemp\b[^;&|]*[)`]$/.test(value),
        index,
        at: start,
      })),
    )
  }

  /** The command without the words that name such a folder or a path in one. */
  without(command: Unwrapped, lint: LintCommand, simple: SimpleCommand): Unwrapped {
    const args = command.args.filter(({ value }) => {
      const name = /^\$(?:\{(\w+)(?::\?[^}]*)?\}|(\w+))(?:\/(?!\.\.(?:\/|$)).*)?$/.exec(value)
      const wanted = name?.[1] ?? name?.[2]
      return wanted === undefined || !this.#isTemporary(wanted, lint, simple.start)
    })
    return args.length === command.args.length
      ? command
      : { ...command, args, words: args.map(({ value }) => value) }
  }

  #isTemporary(name: string, lint: LintCommand, at: number): boolean {
    const index = this.#indexes.get(lint) ?? -1
    const last = this.#given.findLast(
      (each) =>
        each.name === name && (each.index < index || (each.index === index && each.at < at)),
    )
    return last?.isTemporary === true
  }
}

/** `a=1`, `export a=1` and similar. */
function assignedIn({ assignments, commands }: ShellReading) {
  const declared = commands.flatMap(({ name, args }) =>
    declarers.has(name.value)
      ? args.flatMap(({ value, start }) => {
          const [, variable, text = ''] = /^(\w+)=(.*)$/s.exec(value) ?? []
          return variable === undefined ? [] : [{ name: variable, value: text, start }]
        })
      : [],
  )
  return [...assignments, ...declared].toSorted((a, b) => a.start - b.start)
}
