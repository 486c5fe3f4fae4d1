/** Searches for a line in a file that the host sends in pieces. */

import { RE2JS } from 're2js'

/** Limit for one file; a line not found by then is reported as unknown. */
const maxSearchBytes = 4 * 1024 * 1024

export class LineSearch {
  readonly #pattern: RE2JS
  /** An unfinished line; one character a byte. */
  #rest = ''
  #searched = 0

  /** @param pattern - In RE2's syntax. */
  constructor(pattern: string) {
    this.#pattern = RE2JS.compile(pattern)
  }

  /** Number of bytes searched. */
  get searchedBytes(): number {
    return this.#searched
  }

  /**
   * @param piece - The next bytes, one character each.
   * @param isLast - Whether the file ends here.
   */
  push(piece: string, isLast: boolean): 'found' | 'none' | 'more' | 'unknown' {
    this.#searched += piece.length
    const text = this.#rest + piece
    const end = isLast ? text.length : text.lastIndexOf('\n') + 1
    this.#rest = text.slice(end)
    const lines = decode(text.slice(0, end)).split('\n')
    // No line follows the last line end.
    if (lines.at(-1) === '') lines.pop()
    if (lines.some((line) => this.#pattern.matcher(line).find())) return 'found'
    if (isLast) return 'none'
    return this.#searched < maxSearchBytes ? 'more' : 'unknown'
  }
}

function decode(bytes: string): string {
  return new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)))
}
