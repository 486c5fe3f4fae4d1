/** Why a host's file is not read or written: a code, and a sentence for people. */

import { LocalizedError } from '../diagnostic/localized-error.ts'
import { type Message, verbatim } from '../model/message.ts'
import { fileProblems } from './messages.ts'

export type FileProblemCode = keyof typeof fileProblems

/** The file is left unchanged. */
export class FileProblem extends LocalizedError {
  override readonly name = 'FileProblem'
  readonly code: FileProblemCode

  constructor(code: FileProblemCode, ...details: readonly (string | Message)[]) {
    super(sentenceOf(code, details))
    this.code = code
  }
}

function sentenceOf(code: FileProblemCode, details: readonly (string | Message)[]): Message {
  const entry = fileProblems[code]
  const [detail = verbatim(''), other = verbatim('')] = details
  return typeof entry === 'function' ? entry(detail, other) : entry
}

/** Decodes the standard error of one of our failed scripts. */
export function problemOf(stderr: string, status: number): FileProblem {
  const last = stderr.trimEnd().split('\n').at(-1) ?? ''
  const [, code = '', detail = ''] = /^runbook:([a-z-]+):(.*)$/.exec(last) ?? []
  if (isCode(code)) return new FileProblem(code, detail)
  return new FileProblem('host', last === '' ? `status ${status}` : last)
}

function isCode(text: string): text is FileProblemCode {
  return Object.hasOwn(fileProblems, text)
}
