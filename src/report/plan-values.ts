/**
 * The values that a plan's steps use: those that a run will ask for, and the sources of the others.
 */

import { messages, sourceWords } from './messages.ts'
import { joined, type Lang } from '../model/message.ts'
import { visibleText } from '../text/visible-text.ts'
import type { UsedVariable } from '../plan/resolve-variables.ts'

/** Values of all lanes, each name once. */
export function valuesJson(used: readonly UsedVariable[]): readonly object[] {
  return eachOnce(used).map(({ name, secret, ask, source }) => ({
    name,
    secret,
    ask: ask ?? null,
    source,
  }))
}

/** One line for each value to ask for, and one for all others. Values are not shown. */
export function valueLines(used: readonly UsedVariable[], lang: Lang): readonly string[] {
  const all = eachOnce(used)
  const asked = all.filter(({ source }) => source === 'person')
  const others = all.filter(({ source }) => source !== 'person')
  return [
    ...asked.map((each) => `${messages.asks[lang]}  ${visibleText(asking(each, lang))}`),
    ...(others.length === 0
      ? []
      : [
          `${messages.values[lang]}  ${others.map((each) => visibleText(given(each, lang))).join(' · ')}`,
        ]),
  ]
}

function asking({ name, secret, ask }: UsedVariable, lang: Lang): string {
  const variable = secret ? messages.inBrackets(name, messages.secret)[lang] : name
  const what = ask === undefined ? '' : `  ${ask}`
  return messages.orSet(`${variable}${what}`, `RUNBOOK_VAR_${name}`)[lang]
}

function given({ name, secret, source }: UsedVariable, lang: Lang): string {
  const words = sourceWords[source]
  return messages.inBrackets(name, secret ? joined([messages.secret, words]) : words)[lang]
}

function eachOnce(used: readonly UsedVariable[]): readonly UsedVariable[] {
  return [...new Map(used.map((each) => [each.name, each])).values()]
}
