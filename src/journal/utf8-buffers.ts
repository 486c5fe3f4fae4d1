/**
 * Encodes text into reused buffers. `Buffer.from` scans a text twice and allocates each time; for a
 * flood of text that takes longer than all other work.
 */
export class Utf8Buffers {
  readonly #free: Buffer[] = []

  /** @returns The bytes, and a function to call when they are no longer in use. */
  encode(text: string): { readonly bytes: Buffer; readonly release: () => void } {
    const most = maxBytesPerUnit * text.length
    const free = this.#free.pop()
    const buffer = free && free.length >= most ? free : Buffer.allocUnsafeSlow(most)
    const bytes = buffer.subarray(0, buffer.write(text))
    return { bytes, release: () => this.#free.push(buffer) }
  }
}

/** A code unit takes at most three bytes; a surrogate pair takes four together. */
const maxBytesPerUnit = 3
