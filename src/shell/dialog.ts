/**
 * Which answer of a dialog is due: prompts are looked for on what a person would see of the last
 * line, and only in what was printed since the answer before was typed.
 */

import { renderScreen } from '../match/render-screen.ts'
import type { DialogAnswer } from '../run/ports.ts'
import { channelItem } from './channel-text.ts'
import { lastLine } from './question-line.ts'

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

/** For the host's side of the channel, which gives it to the terminal. */
export function answerText({ number, answer }: TypedAnswer): string {
  return channelItem(`@${number}:${Buffer.from(answer).toString('hex')}\n`)
}
