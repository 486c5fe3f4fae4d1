import type { Question } from '../model/check.ts'

/** Draws a name, a path or a command of a page within a sentence. */
export type Quote = (text: string) => string

/** The sentences of one kind of check in one language. */
export interface CheckWords<Q> {
  /** What must hold. */
  readonly is: (question: Q, quote: Quote) => string
  /** What must hold where the check is written with `!`. */
  readonly isNot: (question: Q, quote: Quote) => string
  /**
   * What is wrong where the check, written without `!`, does not hold.
   *
   * @param found - What the host said.
   */
  readonly unmet: (question: Q, quote: Quote, found: string) => string
}

/** The questions of a kind. */
export type QuestionOf<K extends Question['kind']> = Extract<Question, { readonly kind: K }> & {
  readonly kind: K
}

/** Every kind has its row: a new one does not compile without. */
export type CheckTable = { readonly [K in Question['kind']]: CheckWords<QuestionOf<K>> }

/** A size as pages write it: `20G`, `512M`. */
export function sizeText(bytes: number): string {
  return bytes >= 1024 ** 3
    ? `${+(bytes / 1024 ** 3).toFixed(1)}G`
    : `${+(bytes / 1024 ** 2).toFixed(1)}M`
}

/** Whether a `step:` check names a page. */
export function isPage(id: string): boolean {
  return /\.md$/i.test(id)
}

/** `debian@12` where a version is asked. */
export function systemText({ id, version }: QuestionOf<'os'>, mark: string): string {
  return version === undefined ? id : `${id}${mark}${version}`
}
