import { LocalizedError } from '../diagnostic/localized-error.ts'
import type { Message } from '../model/message.ts'

/**
 * A host's name or the ssh configuration is unusable; the message names the place and the cause.
 */
export class HostConfigError extends LocalizedError {
  override readonly name = 'HostConfigError'
  readonly host: string

  constructor(host: string, text: Message, options?: ErrorOptions) {
    super(text, options)
    this.host = host
  }
}
