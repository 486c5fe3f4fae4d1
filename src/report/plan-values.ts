/** The values that the steps of a plan use: which a run will ask for, and where the others come from. */

import type { Lang } from '../check/check-sentence.ts'
import { visibleText } from '../text/visible-text.ts'
import type { UsedVariable, ValueSource } from '../plan/resolve-variables.ts'

/** Of all lanes, each name once. */
export function valuesJson(used: readonly UsedVariable[]): readonly object[] {
  return eachOnce(used).map(({ name, secret, ask, source }) => ({
    name,
    secret,
    ask: ask ?? null,
    source,
  }))
}

/** One line for each value that is asked for, and one for all others; no value is shown. */
export function valueLines(used: readonly UsedVariable[], lang: Lang): readonly string[] {
  const all = eachOnce(used)
  const asked = all.filter(({ source }) => source === 'person')
  const others = all.filter(({ source }) => source !== 'person')
  const label = { zh: '会问', en: 'asks' }[lang]
  const from = { zh: '取值', en: 'values' }[lang]
  return [
    ...asked.map((each) => `${label}  ${visibleText(asking(each, lang))}`),
    ...(others.length === 0
      ? []
      : [`${from}  ${others.map((each) => visibleText(given(each, lang))).join(' · ')}`]),
  ]
}

function asking({ name, secret, ask }: UsedVariable, lang: Lang): string {
  const what = ask === undefined ? '' : `  ${ask}`
  const env = `RUNBOOK_VAR_${name}`
  return lang === 'zh'
    ? `${name}${secret ? '（秘密）' : ''}${what}（或用环境变量 ${env}）`
    : `${name}${secret ? ' (secret)' : ''}${what} (or set ${env})`
}

function given({ name, secret, source }: UsedVariable, lang: Lang): string {
  const mark = secret ? { zh: '秘密，', en: 'secret, ' }[lang] : ''
  const words = sourceWords[source][lang]
  return lang === 'zh' ? `${name}（${mark}${words}）` : `${name} (${mark}${words})`
}

const sourceWords: Readonly<Record<ValueSource, Readonly<Record<Lang, string>>>> = {
  flag: { zh: '--var', en: '--var' },
  environment: { zh: '环境变量', en: 'environment' },
  'vars-file': { zh: '--vars-file', en: '--vars-file' },
  project: { zh: 'runbook.yml', en: 'runbook.yml' },
  default: { zh: '页面的默认值', en: "the page's default" },
  command: { zh: '由配置里的命令给出', en: 'a command of the configuration' },
  step: { zh: '由步骤的输出给出', en: 'set by a step' },
  address: { zh: '主机的地址', en: "a host's address" },
  person: { zh: '会问', en: 'asked' },
}

function eachOnce(used: readonly UsedVariable[]): readonly UsedVariable[] {
  return [...new Map(used.map((each) => [each.name, each])).values()]
}
