/** Remarks about a command beside its status, for the end of its step. */

import { messages } from './messages.ts'
import type { CommandNote } from './ports.ts'
import type { RunOptions } from './run-options.ts'
import type { StepEnd } from './step-end.ts'

/** @param rest - Number of later commands in the step. */
export function noteText(
  note: CommandNote,
  rest: number,
  { lang }: Pick<RunOptions, 'lang'>,
): string {
  switch (note) {
    case 'unread':
      return messages.unread[lang]
    case 'new-shell':
      return messages.newShell[lang]
    case 'shell-ended':
      return messages.shellEnded(rest)[lang]
    default:
      return note satisfies never
  }
}

export function withNotes(end: StepEnd, notes: ReadonlySet<string>): StepEnd {
  return { ...end, message: [end.message, ...notes].filter((text) => text !== '').join('; ') }
}
