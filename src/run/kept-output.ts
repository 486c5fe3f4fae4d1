import { OutputTail } from './output-tail.ts'

const headLength = 524_288
const tailLength = 524_288

/** An output: complete up to a limit, beyond it the head and the tail. */
export class KeptOutput {
  #head = ''
  readonly #tail = new OutputTail(tailLength)

  /** @returns The part that belongs to the head, and the rest. */
  push(text: string): { readonly head: string; readonly rest: string } {
    const room = headLength - this.#head.length
    const head = text.slice(0, room)
    const rest = text.slice(room)
    this.#head += head
    if (rest !== '') this.#tail.push(rest)
    return { head, rest }
  }

  get head(): string {
    return this.#head
  }

  /** The end of the output after the head. */
  get tail(): string {
    return this.#tail.text()
  }

  /** The output; one line replaces the omitted middle and states its length. */
  text(): string {
    const { dropped } = this.#tail
    const left = dropped === 0 ? '' : `\n… ${dropped} characters left out …\n`
    return this.#head + left + this.tail
  }

  get truncated(): boolean {
    return this.#tail.dropped > 0
  }
}
