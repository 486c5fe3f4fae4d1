/**
 * Keeps an output up to a size whole, beyond that its head and its tail.
 */

const headLength = 524_288
const tailLength = 524_288

export class KeptOutput {
  #head = ''
  #tail = ''
  #dropped = 0

  push(text: string): void {
    const room = headLength - this.#head.length
    this.#head += text.slice(0, Math.max(0, room))
    const rest = text.slice(Math.max(0, room))
    if (rest === '') return
    this.#tail += rest
    // Cut now and then, not at each chunk: the tail is copied by a cut.
    if (this.#tail.length > 2 * tailLength) this.#cut()
  }

  /** The output, with a line in its place that says how much of the middle was left out. */
  text(): string {
    this.#cut()
    if (this.#dropped === 0) return this.#head + this.#tail
    return `${this.#head}\n… ${this.#dropped} characters left out …\n${this.#tail}`
  }

  get truncated(): boolean {
    return this.#dropped > 0 || this.#tail.length > tailLength
  }

  #cut(): void {
    const extra = this.#tail.length - tailLength
    if (extra <= 0) return
    this.#tail = this.#tail.slice(extra)
    this.#dropped += extra
  }
}
