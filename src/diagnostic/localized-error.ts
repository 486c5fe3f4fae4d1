import type { Message } from '../model/message.ts'

/** An error with a message in both languages; `Error.message` is the English one. */
export class LocalizedError extends Error {
  readonly text: Message
  /** What to type instead. */
  readonly help: Message | undefined

  constructor(
    text: Message,
    { help, ...options }: ErrorOptions & { readonly help?: Message | undefined } = {},
  ) {
    super(text.en, options)
    this.text = text
    this.help = help
  }
}
