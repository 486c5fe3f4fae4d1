import { shared } from '../../diagnostic/messages.ts'
import { messages } from './messages.ts'
import { Command } from '@commander-js/extra-typings'
import { nearest } from '../../text/nearest.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import {
  type Entry,
  findEntries,
  kindNamed,
  namesOf,
  referenceEntries,
} from '../../reference/entries.ts'
import { kindNames } from '../../reference/messages.ts'
import { renderEntry } from '../../reference/render-entry.ts'
import type { Lang } from '../../model/message.ts'
import { chooseLang, langOption } from '../lang.ts'
import { print, printJson } from '../output.ts'
import { findProject } from '../project.ts'

export const explain = new Command('explain')
  .summary('explain a word of the language: an attribute, a check, a code, a hole …')
  .description('Explains a name of the language, with an example; without one it lists all names.')
  .argument(
    '[name]',
    'an attribute, a check, a key, a code such as RB0104, a word such as `holes`; `checks` lists them',
  )
  .option('--json', 'one JSON document')
  .addOption(langOption)
  // An option of a command can be asked for, too.
  .allowUnknownOption()
  .action((name, { json, lang: flag }, command) => {
    const lang = chooseLang({ flag, json, project: findProject(process.cwd()) })
    const kind = name === undefined ? undefined : kindNamed(name)
    const found = name === undefined ? [] : findEntries(name, lang)
    const isList = name === undefined || kind !== undefined
    const entries = isList
      ? referenceEntries(lang).filter((entry) => kind === undefined || entry.kind === kind)
      : found
    if (name !== undefined && entries.length === 0) {
      const uses = name.startsWith('-') ? optionUses(command.parent, name) : []
      if (uses.length === 0) throw unknown(name)
      print(uses.map((use) => `${use}\n`).join(''))
      return
    }
    if (json === true) printJson({ v: 1, entries: entries.map(toJson) })
    else if (isList) print(renderNames(entries, lang))
    else print(`${entries.map((entry) => renderEntry(entry, lang)).join('\n\n')}\n`)
  })

/** The commands that have an option, with what it does there. */
function optionUses(program: Program | null, name: string): readonly string[] {
  return (program?.commands ?? []).flatMap((command) =>
    command.options
      .filter(({ long, short, hidden }) => !hidden && (long === name || short === name))
      .map(({ flags, description }) => `${command.name()} ${flags}  ${description}`),
  )
}

interface Program {
  readonly commands: readonly {
    name(): string
    readonly options: readonly {
      readonly long?: string | undefined
      readonly short?: string | undefined
      readonly flags: string
      readonly description: string
      readonly hidden: boolean
    }[]
  }[]
}

function unknown(name: string): UsageError {
  const meant = nearest(name, referenceEntries('en').flatMap(namesOf))
  const help = meant === undefined ? messages.seeExplain : shared.didYouMean(meant)
  return new UsageError(messages.noSuchName(name), help)
}

function toJson({ kind, name, meaning, usage, example, details }: Entry): object {
  return {
    kind,
    name,
    meaning,
    usage: usage ?? null,
    example: example ?? null,
    details: Object.fromEntries(details),
  }
}

function renderNames(entries: readonly Entry[], lang: Lang): string {
  const kinds = Object.entries(kindNames)
  return kinds
    .filter(([kind]) => entries.some((entry) => entry.kind === kind))
    .map(([kind, title]) => {
      const names = entries
        .filter((entry) => entry.kind === kind)
        .map((entry) => `  ${entry.name}  ${entry.meaning}`)
      return `${title[lang]}\n${names.join('\n')}\n`
    })
    .join('\n')
}
