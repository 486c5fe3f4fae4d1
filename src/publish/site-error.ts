import { LocalizedError } from '../diagnostic/localized-error.ts'
import type { Lang, Message } from '../model/message.ts'

/** A page or a project cannot be published; the message names the place and the fix. */
export class SiteError extends LocalizedError {
  override readonly name = 'SiteError'
  /** The language of `message`, which VitePress's own process prints. */
  static lang: Lang = 'en'

  constructor(text: Message) {
    super(text)
    this.message = text[SiteError.lang]
  }
}

/** A file that a page names and that is not there: the site shows its text instead. */
export class MissingFile extends SiteError {}

/** Joins several problems, one a line. */
export function siteErrors(problems: readonly Message[]): SiteError {
  return new SiteError({
    zh: problems.map(({ zh }) => zh).join('\n'),
    en: problems.map(({ en }) => en).join('\n'),
  })
}
