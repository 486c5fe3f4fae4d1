/**
 * Every name of the language, from the parser's own tables: attributes, checks, front matter keys,
 * codes. `runbook explain`, shell completion and the site's reference are drawn from these entries.
 */

import { labels, severities } from './messages.ts'
import type { Lang } from '../model/message.ts'
import { checkForms } from '../check/read-checks.ts'
import { codeDocs } from '../diagnostic/code-doc.ts'
import { type Code, codes } from '../diagnostic/codes.ts'
import { attributeInfo, attributeTable, isAttributeName } from '../parse/attribute-table.ts'
import { type FrontMatterInfo, frontMatterTable } from '../parse/front-matter-table.ts'

export type EntryKind = 'attribute' | 'check' | 'front-matter' | 'code'

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
  return [...attributes(lang), ...checks(lang), ...frontMatter(lang), ...codeEntries(lang)]
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

/**
 * The entries that a person may mean: by name, `#id`, `timeout=`, `cmd:`, a code's number or its
 * name.
 */
export function findEntries(asked: string, lang: Lang): readonly Entry[] {
  const name = asked.replace(/^\{|\}$/g, '').replace(/[=:].*$/s, '')
  const wanted = name.startsWith('#') ? 'id' : name
  return referenceEntries(lang).filter((entry) => namesOf(entry).includes(wanted.toLowerCase()))
}

/** Every name by which an entry is found, in lower case. */
export function namesOf({ kind, name }: Pick<Entry, 'kind' | 'name'>): readonly string[] {
  if (kind === 'code' && isCode(name)) return [name.toLowerCase(), codes[name].name]
  return [name.toLowerCase()]
}
