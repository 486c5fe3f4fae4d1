/**
 * The commands, flags and words that a shell completes, read from commander's definitions and the
 * language's tables, so that additions there are completed without further code.
 */

import type { WordSource } from './known-words.ts'
import { reporterNames } from '../run/reporters.ts'
import { namesOf, referenceEntries } from '../../reference/entries.ts'

export interface FlagShape {
  /** `--format`, or `-h` for a flag of one letter. */
  readonly names: readonly string[]
  readonly about: string
  /** Whether the next word is its value; a value that may be missing stands behind `=`. */
  readonly takesValue: boolean
  /** Possible values; empty if any value is allowed. */
  readonly values: readonly string[]
  /** What the program is asked for when the value is completed. */
  readonly source: WordSource | undefined
}

export interface CommandShape {
  readonly name: string
  readonly about: string
  readonly flags: readonly FlagShape[]
  /** Possible arguments, including subcommands. */
  readonly words: readonly string[]
  /** What the program is asked for when an argument is completed. */
  readonly source: WordSource | undefined
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
  readonly registeredArguments: readonly {
    name(): string
    readonly argChoices?: readonly string[] | undefined
  }[]
  readonly commands: readonly Described[]
}

const help: FlagShape = {
  names: ['--help', '-h'],
  about: 'what can be typed here',
  takesValue: false,
  values: [],
  source: undefined,
}

const flagSources: Readonly<Record<string, WordSource>> = {
  '--host': 'hosts',
  '--from': 'steps',
  '--to': 'steps',
  '--only': 'steps',
  '--forget': 'runs',
  '--tag': 'tags',
  '--var': 'variables',
  '--holes': 'holes',
}

/** Values that the program checks by itself. */
const flagValues: Readonly<Record<string, readonly string[]>> = {
  '--reporter': reporterNames,
  '--record': ['partial'],
}

const argumentSources: Readonly<Record<string, WordSource>> = {
  page: 'pages',
  path: 'pages',
  run: 'runs',
}

/** Every command of the program, except those refused by name. */
export function shapeOf(program: Described): readonly CommandShape[] {
  return program.commands.filter((command) => command.summary() !== '').map(commandShape)
}

function commandShape(command: Described): CommandShape {
  const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? [])
  const argument = command.registeredArguments[0]?.name() ?? ''
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
    source: command.name() === 'host' ? 'hosts' : argumentSources[argument],
  }
}

function flagShape(option: Described['options'][number]): FlagShape {
  return {
    names: [option.long, option.short].filter((name) => name !== undefined),
    about: option.description,
    takesValue: option.required,
    values: option.argChoices ?? flagValues[option.long ?? ''] ?? [],
    // Of `export`, `--to` is a form.
    source: option.argChoices ? undefined : flagSources[option.long ?? ''],
  }
}

/** Without `<...>` and `$NAME`, which a shell would read as its own. */
function languageNames(): readonly string[] {
  const all = referenceEntries('en').flatMap((entry) => [entry.name, ...namesOf(entry)])
  return [...new Set(all)].filter((name) => /^[\w.:-]+$/.test(name))
}
