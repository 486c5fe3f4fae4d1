/**
 * What a text may mean at one place: each reading takes some characters and gives bytes, or nothing
 * for what a reader does not see.
 */
export class Readings {
  count = 0
  /** Where each ends. */
  readonly ends: number[] = []
  /** What each gives; empty for what is passed over. */
  readonly bytes: (readonly number[])[] = []
  /** More text could make other readings: ask again when there is more. */
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

  /** A code point, as UTF-8. */
  character(end: number, code: number): void {
    this.add(end, utf8(code))
  }
}

const nothing: readonly number[] = []
const single: readonly (readonly number[])[] = Array.from({ length: 256 }, (_, value) => [value])

/** Reads a text at a place. */
export interface Reader {
  /** Whether a character is itself and nothing else, whatever comes next; by code, up to 127. */
  readonly isPlain: Uint8Array
  /** The next place at which a form may begin, up to `until`: quick, and too early at times. */
  nextBeginning(text: string, from: number, until: number): number
  /** @param isLast - No more text comes. */
  read(text: string, at: number, isLast: boolean, readings: Readings): void
}

function utf8(code: number): readonly number[] {
  if (code < 0x80) return single[code] ?? nothing
  if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)]
  if (code < 0x1_0000) {
    // Half of a pair has no bytes of its own.
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
