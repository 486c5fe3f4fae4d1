import { re2Problem } from './library-messages.ts'
import type { Message } from '../model/message.ts'
import { RE2JS, RE2JSException } from 're2js'

/** The error in a regular expression of RE2 syntax; `undefined` if it is valid. */
export function patternProblem(pattern: string): Message | undefined {
  try {
    RE2JS.compile(pattern)
    return undefined
  } catch (error) {
    if (error instanceof RE2JSException) return re2Problem(error.message)
    throw error
  }
}
