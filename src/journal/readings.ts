/**
 * What a text may mean at one place: each reading takes some characters and gives bytes, or nothing
 * for what a reader does not see.
 */
export class Readings {
  /** Where each ends. */
  readonly ends: number[] = []
  /** What each gives; empty for what is passed over. */
  readonly bytes: (readonly number[])[] = []
  /** More text could make other readings: ask again when there is more. */
  isOpen = false

  clear(): void {
    this.ends.length = 0
    this.bytes.length = 0
    this.isOpen = false
  }

  skip(end: number): void {
    this.ends.push(end)
    this.bytes.push(nothing)
  }

  byte(end: number, value: number): void {
    this.ends.push(end)
    this.bytes.push([value])
  }

  /** A code point, as UTF-8. */
  character(end: number, code: number): void {
    this.ends.push(end)
    this.bytes.push(utf8(code))
  }
}

const nothing: readonly number[] = []

/** Reads a text at a place. `isLast`: no more text comes. */
export interface Reader {
  /** Whether a form may begin here: quick, and wrong on one side only. */
  mayBegin(text: string, at: number): boolean
  read(text: string, at: number, isLast: boolean, readings: Readings): void
}

function utf8(code: number): readonly number[] {
  if (code < 0x80) return [code]
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
