/**
 * Which answer of a dialog is due: prompts are looked for on what a person would see of the last
 * line, and only in what was printed since the answer before was typed.
 */

import { renderScreen } from '../match/render-screen.ts'
import type { DialogAnswer } from './ports.ts'

/** One answer as it is sent; numbers count from 1. */
export interface TypedAnswer {
  readonly number: number
  readonly answer: string
}

export interface Dialog {
  /** Takes what the terminal shows. */
  push(text: string): void
  /** The host says that it typed this answer, at this place of the output. */
  typed(number: number): void
  /** The answer for the prompt that the terminal shows now. */
  due(): TypedAnswer | undefined
  /** Notes that an answer is on its way. */
  send(turn: TypedAnswer): void
  /** Sent, and not typed yet as far as is known: to be sent again after a loss. */
  readonly underWay: TypedAnswer | undefined
  /** How many turns have been answered. */
  readonly answered: number
}

/** @param turns - In the order in which they come. */
export function createDialog(turns: readonly DialogAnswer[]): Dialog {
  let answered = 0
  let line = ''
  /** Whether the line of the last answer is over: from then on nothing is its echo. */
  let isPast = true
  let underWay: TypedAnswer | undefined
  return {
    push(text) {
      if (/[\r\n]/.test(text)) isPast = true
      line = lastLine(line, text)
    },
    typed(number) {
      answered = Math.max(answered, number)
      line = ''
      isPast = false
      if (underWay && underWay.number <= answered) underWay = undefined
    },
    due() {
      const turn = turns[answered]
      if (!turn || underWay) return undefined
      // The terminal shows what was typed before the program says anything.
      const echo = turns[answered - 1]?.answer ?? ''
      if (!isPast && line !== '' && echo.startsWith(line)) return undefined
      if (!renderScreen(line).endsWith(turn.prompt.trimEnd())) return undefined
      return { number: answered + 1, answer: turn.answer }
    },
    send(turn) {
      underWay = turn
    },
    get underWay() {
      return underWay
    },
    get answered() {
      return answered
    },
  }
}

/** Ends as questions end: `Password: `, `Continue? `, `[y/N] `, `mysql> `. */
const endings = /(?:[:?>]|[[(]\s*y(?:es)?\s*[/|]\s*no?\b[^\])]*[\])])\s*$/i

/** Cursor movement and colours, which a prompt may end with. */
// oxlint-disable-next-line no-control-regex -- escape sequences are what is looked for
const escapes = /\u001b(?:\[[0-9;?]*[A-Za-z]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[()][A-Z0-9])/g

export function looksLikeQuestion(line: string): boolean {
  const plain = line.replaceAll(escapes, '')
  return plain.trim() !== '' && endings.test(plain)
}

const keptChars = 4096

/** The unfinished last line after `text` was printed behind `line`; bounded. */
export function lastLine(line: string, text: string): string {
  // What is farther back matters only where the end of it is one line.
  const end = text.slice(-keptChars)
  const at = Math.max(end.lastIndexOf('\n'), end.lastIndexOf('\r'))
  const next = at < 0 ? line + end : end.slice(at + 1)
  return next.slice(-keptChars)
}
