import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { countDiagnostics, renderDiagnostics } from '../output.ts'
import { errorsOf, type Page } from './pages.ts'

/** Pages with errors: the command stops before it runs anything. `drawn` is the text to show. */
export class PageErrors extends Error {
  override readonly name = 'PageErrors'
  readonly drawn: string

  constructor(pages: readonly Page[], others: readonly Diagnostic[] = []) {
    const errors = [...errorsOf(pages), ...others]
    super('pages have errors')
    const sources = new Map(pages.map(({ file, source }) => [file, source]))
    this.drawn = `${renderDiagnostics(errors, sources)}\n${countDiagnostics(errors, pages.length)}; nothing was run\n`
  }
}
