import { type Message, verbatim } from '../model/message.ts'

/** What went wrong, for a person: in both languages; `Error.message` is the English one. */
export class LocalizedError extends Error {
  readonly text: Message
  /** What to type instead. */
  readonly help: Message | undefined

  constructor(
    text: Message | string,
    { help, ...options }: ErrorOptions & { readonly help?: Message | string | undefined } = {},
  ) {
    const both = typeof text === 'string' ? verbatim(text) : text
    super(both.en, options)
    this.text = both
    this.help = typeof help === 'string' ? verbatim(help) : help
  }
}
