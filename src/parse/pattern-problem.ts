import { re2Problem } from './library-messages.ts'
import type { Message } from '../model/message.ts'
import { RE2JS, RE2JSException } from 're2js'

/** What is wrong with a regular expression in RE2's syntax; `undefined` where nothing is. */
export function patternProblem(pattern: string): Message | undefined {
  try {
    RE2JS.compile(pattern)
    return undefined
  } catch (error) {
    if (error instanceof RE2JSException) return re2Problem(error.message)
    throw error
  }
}
