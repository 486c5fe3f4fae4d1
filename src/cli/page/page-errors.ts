import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { counts } from '../../diagnostic/messages.ts'
import type { Lang } from '../../model/message.ts'
import { countDiagnostics, renderDiagnostics } from '../output.ts'
import { errorsOf, type Page } from './pages.ts'

/** Errors in pages; the command stops before it runs anything. */
export class PageErrors extends Error {
  override readonly name = 'PageErrors'
  readonly #pages: readonly Page[]
  readonly #others: readonly Diagnostic[]

  constructor(pages: readonly Page[], others: readonly Diagnostic[] = []) {
    super('pages have errors')
    this.#pages = pages
    this.#others = others
  }

  /** The errors, drawn over the text of their pages. */
  draw(lang: Lang): string {
    const errors = [...errorsOf(this.#pages), ...this.#others]
    const sources = new Map(this.#pages.map(({ file, source }) => [file, source]))
    const count = counts.nothingRun(countDiagnostics(errors, this.#pages.length))
    return `${renderDiagnostics(errors, sources, { lang })}\n${count[lang]}\n`
  }
}
