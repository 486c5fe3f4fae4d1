import type { Lang } from '../check/check-sentence.ts'
import { alignRows } from '../text/align-rows.ts'
import type { Entry, EntryKind } from './entries.ts'

export const kindNames: Readonly<Record<Lang, Readonly<Record<EntryKind, string>>>> = {
  zh: { attribute: '属性', check: '检查', 'front-matter': 'front matter 键', code: '诊断' },
  en: {
    attribute: 'attribute',
    check: 'check',
    'front-matter': 'front-matter key',
    code: 'diagnostic',
  },
}

const words = {
  zh: { usage: '写法', example: '例子' },
  en: { usage: 'usage', example: 'example' },
} as const

/** An entry as `runbook explain` prints it; no last newline. */
export function renderEntry(entry: Entry, lang: Lang): string {
  const lines: (readonly [string, string])[] = [
    ...(entry.usage === undefined ? [] : [[words[lang].usage, entry.usage] as const]),
    ...entry.details,
    ...(entry.example === undefined ? [] : [[words[lang].example, entry.example] as const]),
  ]
  return [
    `${kindNames[lang][entry.kind]} ${entry.name}`,
    `  ${entry.meaning}`,
    ...alignRows(lines).map((line) => `  ${line}`),
  ].join('\n')
}
