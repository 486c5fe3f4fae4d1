/**
 * A read-only question to a host with a yes/no answer, as a page writes it.
 *
 * Reading, asking and wording are in `check/`.
 */

import type { Span } from './span.ts'

export type Question =
  | { readonly kind: 'os'; readonly id: string; readonly version: string | undefined }
  | { readonly kind: 'arch'; readonly arch: string }
  | { readonly kind: 'user'; readonly user: string }
  | { readonly kind: 'cmd'; readonly name: string; readonly atLeast: string | undefined }
  | { readonly kind: 'pkg'; readonly name: string; readonly atLeast: string | undefined }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'dir'; readonly path: string }
  | { readonly kind: 'line'; readonly path: string; readonly pattern: string }
  | { readonly kind: 'port'; readonly port: number }
  | { readonly kind: 'service'; readonly unit: string }
  | { readonly kind: 'enabled'; readonly unit: string }
  | { readonly kind: 'env'; readonly name: string }
  | { readonly kind: 'var'; readonly name: string }
  | { readonly kind: 'net'; readonly host: string; readonly port: number }
  | { readonly kind: 'http'; readonly url: string; readonly status: number | undefined }
  | { readonly kind: 'disk'; readonly path: string; readonly bytes: number }
  | { readonly kind: 'mem'; readonly bytes: number }
  | { readonly kind: 'step'; readonly id: string }
  | { readonly kind: 'sh'; readonly command: string }

export interface Check {
  readonly question: Question
  /** True for a check written with `!`: the question must be answered no. */
  readonly negated: boolean
  /** As written, including the `!`. */
  readonly text: string
  readonly span: Span
}

/** A host's answer to one check. */
export interface CheckAnswer {
  /** As written on the page. */
  readonly check: string
  /** Whether the check holds, after applying `!`. */
  readonly holds: boolean
  /** What the host reported: a version, free bytes, `not found`. */
  readonly actual: string
  /** Set when a plan left the check unasked; it then neither holds nor fails. */
  readonly isUnasked?: true
}
