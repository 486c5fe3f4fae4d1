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
  if (has('example')) return 'prose'
  if (language === 'output') return 'output'
  if (language === 'dialog') return 'dialog'
  if (has('file')) return language === 'diff' ? 'patch' : 'file'
  if (has('run')) return 'script'
  if (shellLanguages.has(language)) return 'shell'
  if (consoleLanguages.has(language)) return 'console'
  return 'prose'
}
