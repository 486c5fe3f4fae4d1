/** The end of an output, up to a number of characters, without copying dropped text. */
export class OutputTail {
  readonly #limit: number
  #older = ''
  #newer = ''
  #length = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  push(text: string): void {
    this.#length += text.length
    this.#newer += text
    if (this.#newer.length < this.#limit) return
    this.#older = this.#newer
    this.#newer = ''
  }

  /** Number of dropped characters. */
  get dropped(): number {
    return Math.max(0, this.#length - this.#limit)
  }

  text(): string {
    return (this.#older + this.#newer).slice(-this.#limit)
  }
}
