/**
 * Decodes one stream of UTF-8, with U+FFFD for what is none. Most output is ASCII, which needs no
 * decoder.
 */

import { isAscii } from 'node:buffer'

export class Utf8Stream {
  #decoder: InstanceType<typeof TextDecoder> | undefined
  /** Whether the decoder may hold the beginning of a character. */
  #isOpen = false

  push(bytes: Buffer): string {
    if (!this.#isOpen && isAscii(bytes)) return bytes.toString('latin1')
    this.#decoder ??= new TextDecoder('utf-8', { ignoreBOM: true })
    this.#isOpen = true
    const text = this.#decoder.decode(bytes, { stream: true })
    // A byte below 0x80 ends whatever was before it.
    if ((bytes.at(-1) ?? 0x80) < 0x80) this.#isOpen = false
    return text
  }

  /** What was left of a character that never ended. */
  end(): string {
    if (!this.#isOpen) return ''
    this.#isOpen = false
    return this.#decoder?.decode() ?? ''
  }
}
