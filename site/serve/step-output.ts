/** What a step prints, as a terminal shows it: the last lines, drawn at most once a frame. */

import { Screen } from '../../src/match/render-screen.ts'

/** Of more lines the first are not in the page. */
export const maxLines = 2000

/** Of a longer line the rest is not in the page. */
export const maxLineLength = 4000

export class StepOutput {
  readonly #lines: string[] = []
  readonly #screen = new Screen((line) => this.#lines.push(cut(line)))
  #dropped = 0

  push(text: string): void {
    this.#screen.push(text)
    const more = this.#lines.length - maxLines
    // Not at each line: moving the rest costs.
    if (more > maxLines) {
      this.#lines.splice(0, more)
      this.#dropped += more
    }
  }

  /** No more comes: the last line is shown also without a line end. */
  end(): void {
    this.#screen.end()
  }

  get isCut(): boolean {
    return this.#dropped > 0 || this.#lines.length > maxLines
  }

  text(): string {
    return this.#lines.slice(-maxLines).join('\n')
  }
}

function cut(line: string): string {
  const more = line.length - maxLineLength
  return more > 0 ? `${line.slice(0, maxLineLength)} … +${more}` : line
}
