/**
 * Keeps an output up to a size whole, beyond that its head and its tail.
 */

import { OutputTail } from './output-tail.ts'

const headLength = 524_288
const tailLength = 524_288

export class KeptOutput {
  #head = ''
  readonly #tail = new OutputTail(tailLength)

  push(text: string): void {
    const room = headLength - this.#head.length
    if (room > 0) this.#head += text.slice(0, room)
    if (text.length > room) this.#tail.push(text.slice(room))
  }

  /** The output, with a line in its place that says how much of the middle was left out. */
  text(): string {
    const { dropped } = this.#tail
    const left = dropped === 0 ? '' : `\n… ${dropped} characters left out …\n`
    return this.#head + left + this.#tail.text()
  }

  get truncated(): boolean {
    return this.#tail.dropped > 0
  }
}
