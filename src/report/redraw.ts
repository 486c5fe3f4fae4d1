/** The part of a terminal that is drawn again in place, below what stays. */
export class Redraw {
  readonly #write: (text: string) => void
  #lines = 0
  #isPaused = false

  constructor(write: (text: string) => void) {
    this.#write = write
  }

  clear(): void {
    if (this.#lines > 0) this.#write(`\u001b[${this.#lines}A\u001b[J`)
    this.#lines = 0
  }

  /** Nothing is drawn until `resume`: the terminal is somebody else's. */
  pause(): void {
    this.clear()
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
  }

  /** @param lines - None wider than the terminal. */
  draw(lines: readonly string[]): void {
    if (this.#isPaused) return
    this.clear()
    if (lines.length === 0) return
    this.#write(`${lines.join('\n')}\n`)
    this.#lines = lines.length
  }
}
