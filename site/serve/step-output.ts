/** A step's output as a terminal shows it; keeps the last lines. */

import { Screen } from '../../src/match/render-screen.ts'

/** The most lines of a step that the page contains; earlier ones are dropped. */
export const maxLines = 2000

/** The most characters of a line that the page contains. */
export const maxLineLength = 4000

export class StepOutput {
  readonly #lines: string[] = []
  readonly #screen = new Screen((line) => this.#lines.push(cutLine(line)))
  #dropped = 0
  /** Changes with the text. */
  version = 0

  push(text: string): void {
    this.version++
    this.#screen.push(text)
    const more = this.#lines.length - maxLines
    // In batches: each `splice` moves the remaining lines.
    if (more > maxLines) {
      this.#lines.splice(0, more)
      this.#dropped += more
    }
  }

  /** Ends the output: emits an unfinished last line. */
  end(): void {
    this.version++
    this.#screen.end()
  }

  get isCut(): boolean {
    return this.#dropped > 0 || this.#lines.length > maxLines
  }

  text(): string {
    return this.#lines.slice(-maxLines).join('\n')
  }
}

/** A line that a page can hold; says how much it leaves out. */
export function cutLine(line: string): string {
  const more = line.length - maxLineLength
  return more > 0 ? `${line.slice(0, maxLineLength)} … +${more}` : line
}
