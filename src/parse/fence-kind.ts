import { nearest } from '../text/nearest.ts'
import type { Fence } from '../model/fence.ts'
import type { FenceKind } from './attribute-table.ts'

const shellLanguages = new Set(['bash', 'sh', 'shell', 'zsh'])
const consoleLanguages = new Set(['console', 'shellsession', 'shell-session'])

/** What a fence is: by its language, and by `run=`, `file=` and `example` (DESIGN 3.1). */
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

/** Whether a fence is marked as one that is only shown. */
export function isExample({ attributes }: Pick<Fence, 'attributes'>): boolean {
  return attributes.some(({ name }) => name === 'example')
}

// `sh` is left out: with one letter changed it is most short names of languages there are.
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

/** The fence word of ours that a word of prose most likely means. */
export function misspeltWord(language: string): string | undefined {
  const isOther = othersWords.has(language) || /^.?sh$/.test(language)
  return isOther || language.length < 3 ? undefined : nearest(language, longWords)
}
