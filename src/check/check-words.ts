import type { Question } from '../model/check.ts'

/** Quotes a name, path or command of a page inside a sentence. */
export type Quote = (text: string) => string

/** The sentences of one kind of check, in one language. */
export interface CheckWords<Q> {
  /** What must hold. */
  readonly is: (question: Q, quote: Quote) => string
  /** What must hold for a check with `!`. */
  readonly isNot: (question: Q, quote: Quote) => string
  /**
   * What is wrong if a check without `!` does not hold.
   *
   * @param found - The host's answer.
   */
  readonly unmet: (question: Q, quote: Quote, found: string) => string
}

/** The questions of one kind. */
export type QuestionOf<K extends Question['kind']> = Extract<Question, { readonly kind: K }> & {
  readonly kind: K
}

/** A row for every kind; a new kind does not compile without one. */
export type CheckTable = { readonly [K in Question['kind']]: CheckWords<QuestionOf<K>> }

/** A size in the form that pages use: `20G`, `512M`. */
export function sizeText(bytes: number): string {
  return bytes >= 1024 ** 3
    ? `${+(bytes / 1024 ** 3).toFixed(1)}G`
    : `${+(bytes / 1024 ** 2).toFixed(1)}M`
}

/** Whether a `step:` check names a page. */
export function isPage(id: string): boolean {
  return /\.md$/i.test(id)
}

/** `debian@12` if a version is asked. */
export function systemText({ id, version }: QuestionOf<'os'>, mark: string): string {
  return version === undefined ? id : `${id}${mark}${version}`
}
