/**
 * Finds secrets that appear only on the screen: assembled by carriage returns, backspaces and
 * erased characters, or by two streams on one line. Replaces the part that would complete one by
 * the masked line.
 */

import { Screen } from '../match/render-screen.ts'
import type { Stream } from '../model/run-event.ts'
import type { Redactor } from './redact.ts'

// oxlint-disable-next-line no-control-regex -- what moves on a screen
const moves = /[\r\b\u001b\u009b]/

export class DrawnLine {
  readonly #redactor: Redactor
  #screen = new Screen(() => {})
  #stream: Stream | undefined
  /** Whether the line may look different on the screen than in the text. */
  #isMoved = false

  constructor(redactor: Redactor) {
    this.#redactor = redactor
  }

  /** Accepts masked text of one command; returns text that draws no secret. */
  push(text: string, stream: Stream): string {
    if (this.#stream !== undefined && this.#stream !== stream) this.#isMoved = true
    const shown = this.#isMoved || moves.test(text) ? this.#pushMoved(text) : this.#pushPlain(text)
    this.#stream = this.#screen.line === '' ? undefined : stream
    return shown
  }

  #pushMoved(text: string): string {
    const parts = text.split('\n')
    return parts
      .map((part, index) => {
        const shown = this.#pushPart(part)
        if (index < parts.length - 1) this.#endLine()
        return shown
      })
      .join('\n')
  }

  #pushPlain(text: string): string {
    const end = text.lastIndexOf('\n')
    if (end >= 0) this.#endLine()
    this.#screen.push(text.slice(end + 1))
    return text
  }

  #pushPart(part: string): string {
    this.#isMoved ||= moves.test(part)
    this.#screen.push(part)
    if (!this.#isMoved) return part
    const drawn = this.#screen.line
    const masked = this.#redactor.text(drawn)
    if (masked === drawn) return part
    const again = `\r\u001b[K${masked}`
    this.#screen.push(again)
    return again
  }

  #endLine(): void {
    this.#screen = new Screen(() => {})
    this.#isMoved = false
  }
}
