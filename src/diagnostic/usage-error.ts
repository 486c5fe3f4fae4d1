import { LocalizedError } from './localized-error.ts'
import type { Message } from '../model/message.ts'

/** The request is impossible as given; nothing was run (exit code 2). */
export class UsageError extends LocalizedError {
  override readonly name = 'UsageError'

  constructor(text: Message, help?: Message) {
    super(text, { help })
  }
}
