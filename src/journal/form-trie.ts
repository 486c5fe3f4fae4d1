/**
 * An Aho-Corasick automaton over bytes: its state says which part of a form was just read. Failure
 * links that cannot lead to a match are skipped, so that each byte is cheap for any set of forms.
 */

const root = 0

export class FormTrie {
  /** Per state: the byte and state of its only or first child. */
  readonly #bytes: number[] = [-1]
  readonly #children: number[] = [0]
  /** Further children of a state. */
  readonly #branches = new Map<number, Map<number, number>>()
  readonly #depths: number[] = [0]
  readonly #fails: number[] = [0]
  /** Failure links: the state in which to retry a byte without a child; -1: none. */
  readonly #retries: number[] = [-1]
  /** Length of the longest form that ends at a state; 0 if none does. */
  readonly #found: number[] = [0]
  /** Whether some form begins with a byte, or with two. */
  readonly first = new Uint8Array(256)
  readonly firstTwo = new Uint8Array(65_536)
  /** Transitions so far: the cost of a search. */
  steps = 0

  constructor(forms: Iterable<Uint8Array>) {
    for (const form of forms) this.#insert(form)
    this.#link()
  }

  /** The state after one more byte. */
  next(state: number, byte: number): number {
    for (let from = state; from >= 0; from = this.#retries[from] ?? -1) {
      this.steps++
      const child = this.#child(from, byte)
      if (child !== root) return child
    }
    return root
  }

  /** Number of trailing bytes that begin a form. */
  depth(state: number): number {
    return this.#depths[state] ?? 0
  }

  /** Number of trailing bytes that are a whole form; 0 for none. */
  found(state: number): number {
    return this.#found[state] ?? 0
  }

  #insert(form: Uint8Array): void {
    let state = root
    for (const byte of form) {
      const child = this.#child(state, byte)
      state = child === root ? this.#add(state, byte) : child
    }
    const [first = 0, second] = form
    this.first[first] = 1
    if (second === undefined) this.firstTwo.fill(1, first << 8, (first + 1) << 8)
    else this.firstTwo[(first << 8) | second] = 1
    this.#found[state] = form.length
  }

  #add(parent: number, byte: number): number {
    const state = this.#bytes.length
    this.#bytes.push(-1)
    this.#children.push(root)
    this.#depths.push((this.#depths[parent] ?? 0) + 1)
    this.#fails.push(root)
    this.#retries.push(root)
    this.#found.push(0)
    if (this.#bytes[parent] === -1) {
      this.#bytes[parent] = byte
      this.#children[parent] = state
    } else {
      const more = this.#branches.get(parent) ?? new Map<number, number>()
      this.#branches.set(parent, more.set(byte, state))
    }
    return state
  }

  #child(state: number, byte: number): number {
    if (this.#bytes[state] === byte) return this.#children[state] ?? root
    return this.#branches.get(state)?.get(byte) ?? root
  }

  *#childrenOf(state: number): Generator<readonly [number, number]> {
    const byte = this.#bytes[state] ?? -1
    if (byte >= 0) yield [byte, this.#children[state] ?? root]
    yield* this.#branches.get(state) ?? []
  }

  #link(): void {
    const queue = [root]
    for (let at = 0; at < queue.length; at++) {
      const parent = queue[at] ?? root
      for (const [byte, state] of this.#childrenOf(parent)) {
        queue.push(state)
        const fail = parent === root ? root : this.next(this.#fails[parent] ?? root, byte)
        this.#fails[state] = fail
        this.#found[state] = Math.max(this.#found[state] ?? 0, this.#found[fail] ?? 0)
        this.#retries[state] = this.#addsNothing(fail, state) ? (this.#retries[fail] ?? -1) : fail
      }
    }
    this.steps = 0
  }

  /** Whether `state` has a child for every byte for which `fail` has one. */
  #addsNothing(fail: number, state: number): boolean {
    for (const [byte] of this.#childrenOf(fail)) {
      if (this.#child(state, byte) === root) return false
    }
    return true
  }
}
