/**
 * The possible readings of a text at one position. A reading consumes characters and yields bytes,
 * or no bytes for characters that a reader does not see.
 */
export class Readings {
  count = 0
  /** End of each reading. */
  readonly ends: number[] = []
  /** Bytes of each reading; empty for skipped characters. */
  readonly bytes: (readonly number[])[] = []
  /** True if more text could add readings; read again then. */
  isOpen = false

  clear(): void {
    this.count = 0
    this.isOpen = false
  }

  add(end: number, bytes: readonly number[]): void {
    this.ends[this.count] = end
    this.bytes[this.count++] = bytes
  }

  skip(end: number): void {
    this.add(end, nothing)
  }

  byte(end: number, value: number): void {
    this.add(end, single[value] ?? nothing)
  }

  /** Adds a code point, as UTF-8. */
  character(end: number, code: number): void {
    this.add(end, utf8(code))
  }
}

const nothing: readonly number[] = []
const single: readonly (readonly number[])[] = Array.from({ length: 256 }, (_, value) => [value])

/** Finds the readings of a text at a position. */
export interface Reader {
  /** By code up to 127: whether a character has one reading only, whatever follows. */
  readonly isPlain: Uint8Array
  /**
   * The next position, up to `until`, where a form may begin. Fast; may return a false positive.
   */
  nextBeginning(text: string, from: number, until: number): number
  /** @param isLast - Whether the text is complete. */
  read(text: string, at: number, isLast: boolean, readings: Readings): void
}

function utf8(code: number): readonly number[] {
  if (code < 0x80) return single[code] ?? nothing
  if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)]
  if (code < 0x1_0000) {
    // A lone surrogate becomes U+FFFD.
    if (code >= 0xd800 && code < 0xe000) return [0xef, 0xbf, 0xbd]
    return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)]
  }
  return [
    0xf0 | (code >> 18),
    0x80 | ((code >> 12) & 63),
    0x80 | ((code >> 6) & 63),
    0x80 | (code & 63),
  ]
}
