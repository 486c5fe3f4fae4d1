/**
 * Every name of the language, from the parser's own tables: attributes, checks, front matter keys, keys
 * of `runbook.yml`, further words, codes. `runbook explain`, shell completion and the site's reference
 * are drawn from these entries.
 */

import { valueOf } from '../model/named.ts'
import { labels, severities } from './messages.ts'
import type { Lang } from '../model/message.ts'
import { checkForms } from '../check/read-checks.ts'
import { codeDocs } from '../diagnostic/code-doc.ts'
import { type Code, codes } from '../diagnostic/codes.ts'
import { type ConfigInfo, configTable } from './config-table.ts'
import { termTable } from './terms.ts'
import { attributeInfo, attributeTable, isAttributeName } from '../parse/attribute-table.ts'
import { type FrontMatterInfo, frontMatterTable } from '../parse/front-matter-table.ts'

export type EntryKind = 'attribute' | 'check' | 'front-matter' | 'config' | 'term' | 'code'

export interface Entry {
  readonly kind: EntryKind
  /** As written on a page: `timeout`, `cmd`, `vars.secret`, `RB0104`. */
  readonly name: string
  /** The meaning, in one line. */
  readonly meaning: string
  /** The syntax, for entries that have one. */
  readonly usage: string | undefined
  readonly example: string | undefined
  /** Further lines: a label and its text. */
  readonly details: readonly (readonly [string, string])[]
}

export function referenceEntries(lang: Lang): readonly Entry[] {
  return [
    ...attributes(lang),
    ...checks(lang),
    ...frontMatter(lang),
    ...config(lang),
    ...terms(lang),
    ...codeEntries(lang),
  ]
}

function attributes(lang: Lang): readonly Entry[] {
  return Object.keys(attributeTable)
    .filter(isAttributeName)
    .map((name) => {
      const info = attributeInfo(name)
      return {
        kind: 'attribute',
        name,
        meaning: info[lang],
        usage: undefined,
        example: info.example,
        details: [
          [labels.type[lang], info.type],
          [labels.on[lang], info.on.map((each) => `\`${each}\``).join(', ')],
        ],
      }
    })
}

function checks(lang: Lang): readonly Entry[] {
  return Object.entries(checkForms).map(([name, form]) => ({
    kind: 'check',
    name,
    meaning: form[lang],
    usage: form.usage,
    example: form.example,
    details: [],
  }))
}

function frontMatter(lang: Lang): readonly Entry[] {
  return Object.entries<FrontMatterInfo>(frontMatterTable).map(([name, info]) => ({
    kind: 'front-matter',
    name,
    meaning: info[lang],
    usage: undefined,
    example: info.example,
    details: [],
  }))
}

function config(lang: Lang): readonly Entry[] {
  return Object.entries<ConfigInfo>(configTable).map(([name, info]) => ({
    kind: 'config',
    name,
    meaning: info[lang],
    usage: info.form,
    example: info.example,
    details: [],
  }))
}

function terms(lang: Lang): readonly Entry[] {
  return Object.entries(termTable).map(([name, { also, example, chapter, ...info }]) => ({
    kind: 'term',
    name,
    meaning: info[lang],
    usage: undefined,
    example,
    details: [
      ...(also.length === 0
        ? []
        : [[labels.also[lang], also.map((each) => `\`${each}\``).join(', ')] as const]),
      [labels.guide[lang], chapter],
    ],
  }))
}

function codeEntries(lang: Lang): readonly Entry[] {
  return Object.keys(codes)
    .filter(isCode)
    .map((code) => {
      const { title, why, fix } = codeDocs[code][lang]
      const { name, severity } = codes[code]
      return {
        kind: 'code',
        name: code,
        meaning: title,
        usage: undefined,
        example: undefined,
        details: [
          [labels.name[lang], name],
          [labels.severity[lang], severities[severity][lang]],
          [labels.why[lang], why],
          [labels.fix[lang], fix],
        ],
      }
    })
}

function isCode(name: string): name is Code {
  return Object.hasOwn(codes, name)
}

/** Words for all entries of a kind. */
const groups: Readonly<Record<string, EntryKind>> = {
  attributes: 'attribute',
  checks: 'check',
  check: 'check',
  'front-matter': 'front-matter',
  'runbook.yml': 'config',
  config: 'config',
  terms: 'term',
  codes: 'code',
  diagnostics: 'code',
}

/** The kind that a word names: `checks`, `attributes`, `runbook.yml`. */
export function kindNamed(asked: string): EntryKind | undefined {
  const name = asked.toLowerCase()
  return valueOf(groups, name)
}

/**
 * The entries that a person may mean: by name, `#id`, `timeout=`, `cmd:`, `vars:`, a hole such as
 * `<...>`, a code's number or name.
 */
export function findEntries(asked: string, lang: Lang): readonly Entry[] {
  const entries = referenceEntries(lang)
  const named = (name: string) => entries.filter((entry) => namesOf(entry).includes(name))
  const exact = named(asked.toLowerCase())
  if (exact.length > 0) return exact
  // A hole with its own expression or name.
  if (/^<[^>]+>$/.test(asked)) return named('holes')
  const name = asked.replace(/^\{|\}$/g, '').replace(/[=:].*$/s, '')
  const found = named(name.startsWith('#') ? 'id' : name.toLowerCase())
  // `default` means `vars.default`.
  return found.length > 0 ? found : entries.filter((entry) => entry.name.endsWith(`.${name}`))
}

/** Every name by which an entry is found, in lower case. */
export function namesOf({ kind, name }: Pick<Entry, 'kind' | 'name'>): readonly string[] {
  if (kind === 'code' && isCode(name)) return [name.toLowerCase(), codes[name].name]
  if (kind === 'term') return [name, ...(valueOf(termTable, name)?.also ?? [])]
  return [name.toLowerCase()]
}
