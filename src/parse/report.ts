import type { Message } from '../model/message.ts'
import type { Code } from '../diagnostic/codes.ts'
import type { Diagnostic, Mend } from '../diagnostic/diagnostic.ts'
import type { Span } from '../model/span.ts'

/** Collects a page's diagnostics, in any order; parsing continues. */
export class Report {
  readonly #file: string
  readonly #found: Diagnostic[] = []

  constructor(file: string) {
    this.#file = file
  }

  // oxlint-disable-next-line max-params -- the one place where a diagnostic is made
  add(code: Code, span: Span, message: Message, help?: Message, mend?: Mend): void {
    const fixed = mend && ('left' in mend ? mend : { fix: mend })
    this.#found.push({ code, message, help, file: this.#file, span, ...fixed })
  }

  /** Sorted by position on the page. */
  diagnostics(): readonly Diagnostic[] {
    return this.#found.toSorted((a, b) => a.span.start.offset - b.span.start.offset)
  }
}
