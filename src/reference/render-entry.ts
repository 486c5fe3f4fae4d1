import { kindNames, labels } from './messages.ts'
import type { Lang } from '../model/message.ts'
import { alignRows } from '../text/align-rows.ts'
import type { Entry } from './entries.ts'

/** An entry as `runbook explain` prints it; no final newline. */
export function renderEntry(entry: Entry, lang: Lang): string {
  const lines: (readonly [string, string])[] = [
    ...(entry.usage === undefined ? [] : [[labels.usage[lang], entry.usage] as const]),
    ...entry.details,
    ...(entry.example === undefined || isLong(entry.example)
      ? []
      : [[labels.example[lang], entry.example] as const]),
  ]
  const long = entry.example !== undefined && isLong(entry.example) ? entry.example.split('\n') : []
  return [
    `${kindNames[entry.kind][lang]} ${entry.name}`,
    `  ${entry.meaning}`,
    ...alignRows(lines).map((line) => `  ${line}`),
    ...(long.length === 0
      ? []
      : [`  ${labels.example[lang]}`, ...long.map((line) => `    ${line}`)]),
  ].join('\n')
}

function isLong(example: string): boolean {
  return example.includes('\n')
}
