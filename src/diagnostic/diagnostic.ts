import type { Message } from '../model/message.ts'
import type { Span } from '../model/span.ts'
import { type Code, codes } from './codes.ts'

/** One problem at one place on a page: plain data, drawn for people and printed as JSON. */
export interface Diagnostic {
  readonly code: Code
  /** What is wrong: one line, lower case, the offending text in backticks. */
  readonly message: Message
  /** What to type instead; `undefined` if that would be a guess. */
  readonly help: Message | undefined
  readonly file: string
  readonly span: Span
  /** The edit of `lint --fix`; only if it is certain. */
  readonly fix?: Fix | undefined
  /** Why `lint --fix` leaves it, where it mends others of the kind. */
  readonly left?: Message | undefined
}

/** Replaces text of a page and keeps every other byte. */
export interface Fix {
  readonly edits: readonly Edit[]
}

/** A fix, or why there is none. */
export type Mend = Fix | { readonly left: Message }

/** Offsets count UTF-16 units of the page without a byte order mark. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A diagnostic as `lint --json` prints it (CLI.md): always in English. */
export function diagnosticToJson({
  code,
  message,
  help,
  file,
  span,
  fix,
  left,
}: Diagnostic): object {
  const { name, severity } = codes[code]
  return {
    code,
    name,
    severity,
    message: message.en,
    help: help?.en ?? null,
    file,
    line: span.start.line,
    column: span.start.column,
    endLine: span.end.line,
    endColumn: span.end.column,
    fixable: fix !== undefined,
    left: left?.en ?? null,
  }
}

export function isError({ code }: Pick<Diagnostic, 'code'>): boolean {
  return codes[code].severity === 'error'
}
