/**
 * Texts that are written in one turn of the event loop, as one: most of what happens to a step
 * happens in one turn, and a write costs more than the text.
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
