import { LocalizedError } from '../diagnostic/localized-error.ts'
import type { Lang, Message } from '../model/message.ts'

/** A page or a project that cannot be published; the message names the place and what to do. */
export class SiteError extends LocalizedError {
  override readonly name = 'SiteError'
  /** In which `message` is: VitePress's own process prints that. */
  static lang: Lang = 'en'

  constructor(text: Message) {
    super(text)
    this.message = text[SiteError.lang]
  }
}

/** Several problems, a line each. */
export function siteErrors(problems: readonly Message[]): SiteError {
  return new SiteError({
    zh: problems.map(({ zh }) => zh).join('\n'),
    en: problems.map(({ en }) => en).join('\n'),
  })
}
