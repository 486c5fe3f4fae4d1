/**
 * Joins texts written in one turn of the event loop into one write. Most events of a step share a
 * turn, and a write costs more than its text.
 */
export class TurnBatch {
  readonly #write: (text: string) => void
  #text = ''
  #timer: NodeJS.Immediate | undefined

  /** @param write - Does not throw. */
  constructor(write: (text: string) => void) {
    this.#write = write
  }

  add(text: string): void {
    this.#text += text
    if (this.#text.length >= maxChars) this.flush()
    else this.#timer ??= setImmediate(() => this.flush())
  }

  flush(): void {
    clearImmediate(this.#timer)
    this.#timer = undefined
    const text = this.#text
    this.#text = ''
    if (text !== '') this.#write(text)
  }
}

const maxChars = 64 * 1024
