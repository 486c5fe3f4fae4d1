import { OutputTail } from './output-tail.ts'

const headLength = 524_288
const tailLength = 524_288

/** An output, whole up to a size; beyond that its head and its tail. */
export class KeptOutput {
  #head = ''
  readonly #tail = new OutputTail(tailLength)

  /** @returns The part that still belongs to the head, and the rest. */
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

  /** The last part of what came after the head. */
  get tail(): string {
    return this.#tail.text()
  }

  /** The output, with a line in place of the omitted middle that says how long it was. */
  text(): string {
    const { dropped } = this.#tail
    const left = dropped === 0 ? '' : `\n… ${dropped} characters left out …\n`
    return this.#head + left + this.tail
  }

  get truncated(): boolean {
    return this.#tail.dropped > 0
  }
}
