/**
 * Buffers text and writes it once per turn of the event loop, or at 64 Ki characters. Most events of a
 * step share a turn, and one system call per event would be slow.
 */
export class TurnBatch {
  readonly #write: (text: string) => void
  #text = ''
  #immediate: NodeJS.Immediate | undefined

  /** @param write - Must not throw: it also runs from a callback, where nothing catches. */
  constructor(write: (text: string) => void) {
    this.#write = write
  }

  add(text: string): void {
    this.#text += text
    if (this.#text.length >= maxChars) this.flush()
    else this.#immediate ??= setImmediate(() => this.flush())
  }

  flush(): void {
    clearImmediate(this.#immediate)
    this.#immediate = undefined
    const text = this.#text
    this.#text = ''
    if (text !== '') this.#write(text)
  }
}

const maxChars = 64 * 1024
