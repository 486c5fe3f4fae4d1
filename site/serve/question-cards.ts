/** The cards of a run's open questions: each question has one, until it is answered. */

import type { OpenQuestion } from './api.ts'
import { type CardActions, questionCard } from './question-card.ts'

export interface QuestionCardsOptions extends Pick<CardActions, 'words' | 'openShell'> {
  readonly answer: (question: number, answer: unknown) => void
  /** Puts a new card on the page. */
  readonly place: (card: HTMLElement, asked: OpenQuestion) => void
}

export class QuestionCards {
  readonly #options: QuestionCardsOptions
  readonly #cards = new Map<number, HTMLElement>()

  constructor(options: QuestionCardsOptions) {
    this.#options = options
  }

  /** Also puts a card back that the page has lost. */
  draw(questions: readonly OpenQuestion[]): void {
    const open = new Set(questions.map(({ id }) => id))
    for (const [id, card] of this.#cards) {
      if (open.has(id)) continue
      card.remove()
      this.#cards.delete(id)
    }
    const { words, openShell, answer, place } = this.#options
    for (const asked of questions) {
      if (this.#cards.get(asked.id)?.isConnected === true) continue
      const answerIt = (value: unknown) => answer(asked.id, value)
      const card = questionCard(asked, { words, openShell, answer: answerIt })
      this.#cards.set(asked.id, card)
      place(card, asked)
    }
  }

  clear(): void {
    this.draw([])
  }
}
