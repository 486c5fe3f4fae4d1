/**
 * Searches a stream of text for the forms of secrets, in every possible reading. Each position has
 * a set of states, one for each reading that has matched the beginning of a form.
 */

import type { FormTrie } from './form-trie.ts'
import { type Reader, Readings } from './readings.ts'

/** One reading up to a position. Offsets refer to the whole text. */
interface Path {
  readonly state: number
  /** Start of its last byte. */
  readonly from: number
  /** Number of bytes on this path. */
  readonly length: number
  readonly before: Path | undefined
  /** An earlier node of the path, so that any node is found in few hops. */
  readonly jump: Path | undefined
}

export interface Found {
  readonly start: number
  readonly end: number
}

/** More readings than this meet only in repeated characters; the longest are kept. */
const maxPaths = 16

/** Number of characters that backspaces may erase. */
const maxBack = 256

const none: readonly Path[] = []

export class SecretSearch {
  readonly #trie: FormTrie
  readonly #reader: Reader
  readonly #readings = new Readings()
  /** By position: unread positions ahead, and the last ones behind. */
  readonly #ahead = new Map<number, Path[]>()
  readonly #behind = new Map<number, readonly Path[]>()
  #at = 0

  constructor(trie: FormTrie, reader: Reader) {
    this.#trie = trie
    this.#reader = reader
  }

  /**
   * Searches to the end of the text, or to where more text is needed.
   *
   * @param base - Offset of the text's beginning.
   * @param found - Called for every match, ordered by their ends.
   * @returns The offset before which no unfinished match begins.
   */
  run(text: string, base: number, isLast: boolean, found: (place: Found) => void): number {
    const end = base + text.length
    let begins = -1
    let back = -1
    for (; this.#at < end; this.#at++) {
      if (back < this.#at) back = base + indexOrEnd(text, '\b', this.#at - base)
      if (begins < this.#at) {
        // A backspace may erase the characters before it, and a form may begin before those.
        const until = Math.max(this.#at, back === end ? end : back - 3)
        begins = base + this.#reader.nextBeginning(text, this.#at - base, until - base)
      }
      if (this.#ahead.size === 0)
        this.#at = this.#behind.size === 0 ? begins : Math.min(begins, back)
      if (this.#at === end) break
      const at = this.#at - base
      const paths = this.#ahead.get(this.#at) ?? none
      const isBeginning = this.#at === begins
      if (paths.length === 0 && !isBeginning && this.#at !== back) continue
      const code = text.charCodeAt(at)
      if (this.#reader.isPlain[code] === 1) {
        for (const path of paths) this.#take(path, code, this.#at + 1, found)
        if (isBeginning) this.#take(undefined, code, this.#at + 1, found)
      } else {
        this.#readings.clear()
        this.#reader.read(text, at, isLast, this.#readings)
        if (this.#readings.isOpen) break
        for (const path of paths) this.#follow(path, base, found)
        if (isBeginning) this.#follow(undefined, base, found)
        if (this.#at === back) this.#goBack(text, base)
      }
      this.#pass(paths)
    }
    return this.#settled()
  }

  #pass(paths: readonly Path[]): void {
    this.#ahead.delete(this.#at)
    if (paths.length > 0) this.#behind.set(this.#at, paths)
    for (const place of this.#behind.keys()) {
      if (place >= this.#at - maxBack) break
      this.#behind.delete(place)
    }
  }

  #follow(path: Path | undefined, base: number, found: (place: Found) => void): void {
    const { count, ends, bytes } = this.#readings
    for (let index = 0; index < count; index++) {
      const end = base + (ends[index] ?? 0)
      const given = bytes[index] ?? []
      if (given.length === 0) {
        if (path) this.#arrive(path, end)
        continue
      }
      let last = path
      for (const byte of given) last = this.#step(last, byte, end, found)
      if (last) this.#arrive(last, end)
    }
  }

  #take(path: Path | undefined, byte: number, end: number, found: (place: Found) => void): void {
    const next = this.#step(path, byte, end, found)
    if (next) this.#arrive(next, end)
  }

  #step(
    path: Path | undefined,
    byte: number,
    end: number,
    found: (place: Found) => void,
  ): Path | undefined {
    const state = this.#trie.next(path?.state ?? 0, byte)
    if (state === 0) return undefined
    const depth = this.#trie.depth(state)
    const before = depth === 1 ? undefined : shortened(path, depth - 1)
    const next = extended(before, state, this.#at)
    const length = this.#trie.found(state)
    if (length > 0) found({ start: startOf(next, length), end })
    return next
  }

  #arrive(path: Path, place: number): void {
    const there = this.#ahead.get(place)
    if (!there) {
      this.#ahead.set(place, [path])
      return
    }
    const same = there.findIndex(({ state }) => state === path.state)
    const other = there[same]
    if (other) {
      const depth = this.#trie.depth(path.state)
      if (startOf(path, depth) < startOf(other, depth)) there[same] = path
      return
    }
    there.push(path)
    if (there.length <= maxPaths) return
    there.sort((a, b) => this.#trie.depth(b.state) - this.#trie.depth(a.state))
    there.length = maxPaths
  }

  /** Moves states back over the characters that backspaces erase. */
  #goBack(text: string, base: number): void {
    const at = this.#at - base
    let first = at
    while (first > at - maxBack && text[first - 1] === '\b') first--
    let target = first
    for (let count = at - first + 1; count > 0; count--) {
      const isPair = /[\udc00-\udfff]/.test(text[target - 1] ?? '')
      target -= isPair ? 2 : 1
    }
    for (const path of this.#behind.get(base + target) ?? none) this.#arrive(path, this.#at + 1)
  }

  #settled(): number {
    let settled = this.#at
    // A backspace may erase the last character.
    const last = this.#behind.get(this.#at - 1) ?? none
    for (const paths of [last, ...this.#ahead.values()]) {
      for (const path of paths) {
        settled = Math.min(settled, startOf(path, this.#trie.depth(path.state)))
      }
    }
    return settled
  }
}

function indexOrEnd(text: string, character: string, from: number): number {
  const at = text.indexOf(character, from)
  return at < 0 ? text.length : at
}

/** Where the last `count` bytes of a path begin. */
function startOf(path: Path, count: number): number {
  return ancestor(path, path.length - count + 1).from
}

function ancestor(path: Path, length: number): Path {
  let at = path
  while (at.length > length) {
    const { jump, before } = at
    const next = jump && jump.length >= length ? jump : before
    if (!next) return at
    at = next
  }
  return at
}

/** Rebuilds a path without the part that is no longer needed, so that it does not grow. */
function shortened(path: Path | undefined, depth: number): Path | undefined {
  if (!path || path.length <= 2 * depth + 64) return path
  const kept: Path[] = []
  for (let at: Path | undefined = path; at && kept.length < depth; at = at.before) kept.push(at)
  return kept.reduceRight<Path | undefined>(
    (before, { state, from }) => extended(before, state, from),
    undefined,
  )
}

/** Jump lengths halve with each hop, as in a skip list. */
function extended(before: Path | undefined, state: number, from: number): Path {
  const back = before?.jump
  const isEven =
    before && back && before.length - back.length === back.length - (back.jump?.length ?? 0)
  const jump = isEven ? back.jump : before
  return { state, from, length: (before?.length ?? 0) + 1, before, jump }
}
