/** The last line that a command printed, as a terminal shows it. */

import { renderScreen } from '../match/render-screen.ts'
import { OutputTail } from './output-tail.ts'

const maxLength = 16_384

export class LastLine {
  readonly #tail = new OutputTail(maxLength)

  push(text: string): void {
    this.#tail.push(text)
  }

  /**
   * Empty where nothing was printed.
   *
   * @returns `undefined`: the line is too long. Its end alone might hold half a secret, which no
   *   mask would find.
   */
  text(): string | undefined {
    const lines = renderScreen(this.#tail.text()).split('\n')
    const isWhole = this.#tail.dropped === 0 || lines.length > 1
    return isWhole ? lines.at(-1) : undefined
  }
}
