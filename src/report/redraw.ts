/** The part of a terminal that is drawn again in place, below what stays. */
export class Redraw {
  readonly #write: (text: string) => void
  #lines = 0

  constructor(write: (text: string) => void) {
    this.#write = write
  }

  clear(): void {
    if (this.#lines > 0) this.#write(`\u001b[${this.#lines}A\u001b[J`)
    this.#lines = 0
  }

  /** @param lines - None wider than the terminal. */
  draw(lines: readonly string[]): void {
    this.clear()
    if (lines.length === 0) return
    this.#write(`${lines.join('\n')}\n`)
    this.#lines = lines.length
  }
}
