import type { Lang } from '../model/message.ts'
import { labels } from './messages.ts'

/** `error: `, or `error[CODE]: ` for a problem with a code. */
export function labelled(
  label: 'error' | 'warning' | 'hint' | 'note' | 'help',
  lang: Lang,
  code?: string,
): string {
  const text = code === undefined ? labels[label][lang] : `${labels[label][lang]}[${code}]`
  return labels.before(text)[lang]
}
