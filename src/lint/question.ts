import type { Message } from '../model/message.ts'

/** What a command asks of a person, and what to write instead. */
export interface Question {
  readonly why: Message
  readonly help?: Message
  /** How many words after the program's name are part of what is shown. */
  readonly words?: number
}
