/** The last line of a command's output, as a terminal shows it. */

import { renderScreen } from '../match/render-screen.ts'
import { OutputTail } from './output-tail.ts'

const maxLength = 16_384

export class LastLine {
  readonly #tail = new OutputTail(maxLength)

  push(text: string): void {
    this.#tail.push(text)
  }

  /**
   * Empty without output.
   *
   * @returns `undefined`: the line is too long. Its end alone might contain half a secret, which no
   * mask would match.
   */
  text(): string | undefined {
    const lines = renderScreen(this.#tail.text()).split('\n')
    const isWhole = this.#tail.dropped === 0 || lines.length > 1
    return isWhole ? lines.at(-1) : undefined
  }
}
