/** A note about hosts that kill a user's processes at the last logout. */

import { labelled } from '../../diagnostic/labelled.ts'
import { messages } from './messages.ts'
import type { Lang } from '../../model/message.ts'
import { visibleText } from '../../text/visible-text.ts'
import type { HostSession } from '../../run/ports.ts'

/** One line at the start of a run; empty if a lost connection loses nothing. */
export function loginNote({ name, hostKey, facts }: HostSession, lang: Lang): string {
  // This computer has no connection to lose.
  if (!facts.endsWithLogin || hostKey === null) return ''
  const text = messages.ofHost(name, messages.endsWithLogin(facts.user))[lang]
  return `${labelled('note', lang)}${visibleText(text)}\n`
}
