import { nearest } from '../text/nearest.ts'
import type { Fence } from '../model/fence.ts'
import type { FenceKind } from './attribute-table.ts'

const shellLanguages = new Set(['bash', 'sh', 'shell', 'zsh'])
const consoleLanguages = new Set(['console', 'shellsession', 'shell-session'])

/** Classifies a fence by its language, `run=`, `file=` and `example` (DESIGN 3.1). */
export function fenceKind({
  language,
  attributes,
}: Pick<Fence, 'language' | 'attributes'>): FenceKind {
  const has = (name: string) => attributes.some((attribute) => attribute.name === name)
  if (isExample({ attributes })) return 'prose'
  if (language === 'output') return 'output'
  if (language === 'dialog') return 'dialog'
  if (has('file')) return language === 'diff' ? 'patch' : 'file'
  if (has('run')) return 'script'
  if (shellLanguages.has(language)) return 'shell'
  if (consoleLanguages.has(language)) return 'console'
  return 'prose'
}

/** Whether a fence is marked as display only. */
export function isExample({ attributes }: Pick<Fence, 'attributes'>): boolean {
  return attributes.some(({ name }) => name === 'example')
}

// Excludes `sh`: too many short language names are one letter away from it.
const longWords = [...shellLanguages, ...consoleLanguages, 'output', 'dialog'].filter(
  (word) => word.length > 2,
)

/** Words of other languages and tools that are one edit from ours. */
const othersWords = new Set([
  'base',
  'bash-session',
  'bass',
  'consul',
  'dash',
  'hash',
  'nushell',
  'sh-session',
  'zsh-session',
])

/** The fence language of ours that a misspelt one most likely means. */
export function misspeltWord(language: string): string | undefined {
  const isOther = othersWords.has(language) || /^.?sh$/.test(language)
  return isOther || language.length < 3 ? undefined : nearest(language, longWords)
}
