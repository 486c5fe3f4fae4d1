/**
 * Chooses the language of everything a person reads: `--lang`, else the `lang` of the page or
 * project, else the locale, else English.
 */

import { Option } from '@commander-js/extra-typings'
import { type Lang, langNamed } from '../model/message.ts'
import type { Runbook } from '../model/runbook.ts'

/** `--lang`, a flag of every command that prints sentences. */
export const langOption = new Option('--lang <lang>', 'the language of messages').choices([
  'zh',
  'en',
] as const)

interface Sources {
  readonly flag: Lang | undefined
  /** JSON is for programs: it stays English unless `--lang` is given. */
  readonly json?: boolean | undefined
  /** The first page with a language decides. */
  readonly pages?: readonly { readonly runbook: Pick<Runbook, 'lang'> }[]
  readonly project: { readonly lang: Lang | undefined } | undefined
}

let chosen: Lang | undefined

/** Chooses the language of this process. */
export function chooseLang({ flag, json = false, pages = [], project }: Sources): Lang {
  const ofPage = pages.find(({ runbook }) => runbook.lang !== undefined)?.runbook.lang
  const declared = ofPage ?? project?.lang ?? langOfLocale(process.env) ?? 'en'
  chosen = flag ?? (json ? 'en' : declared)
  return chosen
}

/** The language for errors: the one chosen already, else the one that the arguments ask for. */
export function chosenLang(words: readonly string[], readProject: () => Sources['project']): Lang {
  if (chosen !== undefined) return chosen
  const at = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  const word = words[at]?.split('=')[1] ?? words[at + 1]
  const flag = at === -1 || word === undefined ? undefined : langNamed(word)
  return chooseLang({ flag, project: flag === undefined ? orNone(readProject) : undefined })
}

/** A project that caused the error gives no language. */
function orNone(readProject: () => Sources['project']): Sources['project'] {
  try {
    return readProject()
  } catch {
    return undefined
  }
}

/** `undefined` if no locale is set, or its language is not one of ours. */
function langOfLocale(env: Readonly<Record<string, string | undefined>>): Lang | undefined {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  return langNamed(locale)
}

/** `--lang`, a flag of every command that prints sentences. */
