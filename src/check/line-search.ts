/**
 * Looks for a line in a file that a host gives piece by piece.
 */

import { RE2JS } from 're2js'

/** Of all pieces of one file: what has not been found by then is not known. */
const maxSearchBytes = 4 * 1024 * 1024

export class LineSearch {
  readonly #pattern: RE2JS
  /** Of a line that has not ended yet; one character a byte. */
  #rest = ''
  #taken = 0

  /** @param pattern - In RE2's syntax. */
  constructor(pattern: string) {
    this.#pattern = RE2JS.compile(pattern)
  }

  /** How many bytes were looked at. */
  get takenBytes(): number {
    return this.#taken
  }

  /**
   * @param piece - The bytes that come next, one character each.
   * @param isLast - Whether the file ends with it.
   */
  take(piece: string, isLast: boolean): 'found' | 'none' | 'more' | 'unknown' {
    this.#taken += piece.length
    const text = this.#rest + piece
    const end = isLast ? text.length : text.lastIndexOf('\n') + 1
    this.#rest = text.slice(end)
    const lines = decode(text.slice(0, end)).split('\n')
    // What comes after the last line end is no line.
    if (lines.at(-1) === '') lines.pop()
    if (lines.some((line) => this.#pattern.matcher(line).find())) return 'found'
    if (isLast) return 'none'
    return this.#taken < maxSearchBytes ? 'more' : 'unknown'
  }
}

function decode(bytes: string): string {
  return new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)))
}
