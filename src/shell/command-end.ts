/** How an exchange ended, as the end of a command. */

import type { CommandEnd } from '../run/ports.ts'
import type { Outcome } from './outcome.ts'
import { ShellError } from './shell-error.ts'

export function noTerminal(host: string): ShellError {
  return new ShellError(
    'no-tool',
    `${host}: a dialog needs a terminal, and there is neither python3 nor perl to hold one`,
  )
}

export function toEnd(outcome: Outcome, shellWasNew: boolean): CommandEnd {
  switch (outcome.kind) {
    case 'status':
      return {
        kind: 'exited',
        status: outcome.status,
        note: outcome.isUnread ? 'unread' : shellWasNew ? 'new-shell' : undefined,
      }
    case 'shell-ended':
      return { kind: 'exited', status: outcome.status, note: 'shell-ended' }
    case 'ended':
      return toEndedByUs(outcome)
    case 'lost':
      return { kind: 'lost', cause: outcome.cause }
    case 'disk-full':
      return outcome
    case 'lost-folder':
      return { kind: 'lost-folder', folder: outcome.folder }
    case 'no-terminal':
      throw new Error('unreachable: it was thrown')
    default:
      return outcome satisfies never
  }
}

function toEndedByUs(outcome: Extract<Outcome, { kind: 'ended' }>): CommandEnd {
  const { why, prompt, ended } = outcome
  switch (why) {
    case 'timeout':
      return { kind: 'timeout', ended }
    case 'cancel':
      return { kind: 'cancelled', ended }
    case 'too-much':
      return { kind: 'too-much', ended }
    case 'silence':
      return { kind: 'waiting', prompt, ended }
    default:
      return why satisfies never
  }
}
