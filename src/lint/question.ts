/** What a command asks of a person, and what to write instead. */
export interface Question {
  readonly why: string
  readonly help?: string
  /** How many words after the program's name are part of what is shown. */
  readonly words?: number
}

export const editor = 'opens an editor'
export const client = 'opens a prompt of its own'
export const shell = 'opens a shell, and the rest of the block waits for its end'
