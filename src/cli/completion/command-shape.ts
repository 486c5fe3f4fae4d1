/**
 * The commands, flags and words that a shell completes, read from commander's definitions and the
 * language's tables, so that additions there are completed without further code.
 */

import { namesOf, referenceEntries } from '../../reference/entries.ts'

export interface FlagShape {
  /** `--format`, or `-h` for a flag of one letter. */
  readonly names: readonly string[]
  readonly about: string
  readonly takesValue: boolean
  /** Possible values; empty if any value is allowed. */
  readonly values: readonly string[]
}

export interface CommandShape {
  readonly name: string
  readonly about: string
  readonly flags: readonly FlagShape[]
  /** Possible arguments, including subcommands. */
  readonly words: readonly string[]
}

/**
 * The properties of a command that are read here; commander's own types vary with a command's
 * options.
 */
interface Described {
  name(): string
  summary(): string
  description(): string
  readonly options: readonly {
    readonly long?: string | undefined
    readonly short?: string | undefined
    readonly description: string
    readonly required: boolean
    readonly optional: boolean
    readonly hidden: boolean
    readonly argChoices?: readonly string[] | undefined
  }[]
  readonly registeredArguments: readonly { readonly argChoices?: readonly string[] | undefined }[]
  readonly commands: readonly Described[]
}

const help: FlagShape = {
  names: ['--help', '-h'],
  about: 'what can be typed here',
  takesValue: false,
  values: [],
}

/** Every command of the program, except those refused by name. */
export function shapeOf(program: Described): readonly CommandShape[] {
  return program.commands.filter((command) => command.summary() !== '').map(commandShape)
}

function commandShape(command: Described): CommandShape {
  const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? [])
  const subcommands = command.commands.map((each) => each.name())
  const nested = command.commands.flatMap((each) => commandShape(each).flags)
  const flags = [...command.options.filter(({ hidden }) => !hidden).map(flagShape), help, ...nested]
  return {
    name: command.name(),
    about: command.summary(),
    flags: flags.filter(
      (flag, index) => flags.findIndex((each) => each.names[0] === flag.names[0]) === index,
    ),
    words: command.name() === 'explain' ? languageNames() : [...subcommands, ...choices],
  }
}

function flagShape(option: Described['options'][number]): FlagShape {
  return {
    names: [option.long, option.short].filter((name) => name !== undefined),
    about: option.description,
    takesValue: option.required || option.optional,
    values: option.argChoices ?? [],
  }
}

function languageNames(): readonly string[] {
  return [...new Set(referenceEntries('en').flatMap((entry) => [entry.name, ...namesOf(entry)]))]
}
