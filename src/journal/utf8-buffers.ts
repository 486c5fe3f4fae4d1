/**
 * Encodes texts into buffers that are used again. `Buffer.from` looks at a text twice, first for its
 * length, and makes room for each: for a flood of them that takes longer than all the rest.
 */
export class Utf8Buffers {
  readonly #free: Buffer[] = []

  /** @returns The bytes, and what is to be called when nobody reads them any more. */
  encode(text: string): { readonly bytes: Buffer; readonly release: () => void } {
    const most = maxBytesPerUnit * text.length
    const free = this.#free.pop()
    const buffer = free && free.length >= most ? free : Buffer.allocUnsafeSlow(most)
    const bytes = buffer.subarray(0, buffer.write(text))
    return { bytes, release: () => this.#free.push(buffer) }
  }
}

/** A code unit takes at most three bytes; the two of a pair take four together. */
const maxBytesPerUnit = 3
