import { Option } from '@commander-js/extra-typings'
import type { Lang } from '../check/check-sentence.ts'

/** `--lang`, else the locale where it says one, else the project's, else English. */
export function langOf(flag: Lang | undefined, project: Lang | undefined): Lang {
  const { env } = process
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  if (flag !== undefined) return flag
  if (/^zh/i.test(locale)) return 'zh'
  return /^[a-z]{2}[_.]/i.test(locale) ? 'en' : (project ?? 'en')
}

/** `--lang`, of every command that prints sentences. */
export const langOption = new Option('--lang <lang>', 'the language of messages').choices([
  'zh',
  'en',
] as const)
