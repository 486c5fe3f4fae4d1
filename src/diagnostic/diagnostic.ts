import type { Message } from '../model/message.ts'
import type { Span } from '../model/span.ts'
import { type Code, codes } from './codes.ts'

/** One problem at one place of a page. Plain data: drawn for people, printed as JSON for programs. */
export interface Diagnostic {
  readonly code: Code
  /** What is wrong, in one line, lower case, with the offending text in backticks. */
  readonly message: Message
  /** What to type instead; `undefined` where that would be a guess. */
  readonly help: Message | undefined
  readonly file: string
  readonly span: Span
  /** What `lint --fix` does; only where it is certain. */
  readonly fix?: Fix | undefined
}

/** Text of a page replaced; every other byte stays. */
export interface Fix {
  readonly edits: readonly Edit[]
}

/** Offsets count UTF-16 units of the page without a byte order mark. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A diagnostic as `lint --json` prints it (CLI.md): in English, whatever a person reads. */
export function diagnosticToJson({ code, message, help, file, span, fix }: Diagnostic): object {
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
  }
}

export function isError({ code }: Pick<Diagnostic, 'code'>): boolean {
  return codes[code].severity === 'error'
}
