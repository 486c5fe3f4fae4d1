/**
 * Masks secrets in text, however they are written there, and in text that comes in pieces.
 */

import { FormTrie } from './form-trie.ts'
import { dumpReader } from './read-dump.ts'
import { textReader } from './read-text.ts'
import { secretForms } from './secret-forms.ts'
import { type Found, SecretSearch } from './secret-search.ts'

export const mask = '***'

const minLength = 4

export class Redactor {
  readonly #secrets = new Set<string>()
  #trie: FormTrie | undefined

  /**
   * From now on `value` is masked, also in the encodings that docs/SECURITY.md lists. Values of
   * variables have at least six characters (`checkSecret`). Of what has no such rule, as a host's
   * password, less than four characters are not masked: they would mask ordinary text.
   */
  add(value: string): void {
    if (value.length < minLength || this.#secrets.has(value)) return
    this.#secrets.add(value)
    this.#trie = undefined
  }

  /** Whether nothing is secret so far. */
  get isEmpty(): boolean {
    return this.#secrets.size === 0
  }

  /** How often a byte was compared since the last secret was added: what masking costs. */
  get steps(): number {
    return this.#trie?.steps ?? 0
  }

  /** Masks a text that stands for itself. */
  text(text: string): string {
    if (this.isEmpty || text === '') return text
    return this.stream().end(text)
  }

  /** Masks a text that comes in pieces. */
  stream(): MaskedStream {
    return new MaskedStream(() => this.#forms())
  }

  /** The same one until a secret is added; `undefined`: nothing is secret. */
  #forms(): FormTrie | undefined {
    if (this.isEmpty) return undefined
    this.#trie ??= new FormTrie([...this.#secrets].flatMap(secretForms))
    return this.#trie
  }
}

export class MaskedStream {
  readonly #forms: () => FormTrie | undefined
  #trie: FormTrie | undefined
  #searches: readonly SecretSearch[] = []
  /** What was not given out yet, and its offset in the whole text. */
  #held = ''
  #base = 0
  #found: Found[] = []

  constructor(forms: () => FormTrie | undefined) {
    this.#forms = forms
  }

  /** Takes more, and gives what can be shown of the text so far: a secret may begin in the rest. */
  push(text: string): string {
    return this.#take(text, false)
  }

  /** Gives the rest. */
  end(text = ''): string {
    return this.#take(text, true)
  }

  #take(text: string, isLast: boolean): string {
    const trie = this.#forms()
    if (!trie) return text
    if (trie !== this.#trie) this.#begin(trie)
    this.#held += text
    const end = this.#base + this.#held.length
    let settled = end
    for (const search of this.#searches) {
      const until = search.run(this.#held, this.#base, isLast, (place) => this.#found.push(place))
      settled = Math.min(settled, until)
    }
    return this.#give(isLast ? end : settled)
  }

  /** What is held is looked through again for what has become secret since. */
  #begin(trie: FormTrie): void {
    this.#trie = trie
    this.#base = 0
    this.#found = []
    this.#searches = [textReader(trie), dumpReader(trie)].map(
      (reader) => new SecretSearch(trie, reader),
    )
  }

  #give(until: number): string {
    let at = this.#base
    let shown = ''
    let last = until
    const places = merged(this.#found)
    this.#found = []
    for (const place of places) {
      if (place.end > until) {
        last = Math.min(last, place.start)
        this.#found.push(place)
        continue
      }
      // What backspaces took back long ago was given out before.
      const start = Math.max(at, place.start)
      shown += this.#held.slice(at - this.#base, start - this.#base) + mask
      at = place.end
    }
    last = Math.max(at, last)
    shown += this.#held.slice(at - this.#base, last - this.#base)
    this.#held = this.#held.slice(last - this.#base)
    this.#base = last
    return shown
  }
}

/** In order, with those that overlap made one. */
function merged(found: readonly Found[]): readonly Found[] {
  const places: Found[] = []
  for (const place of found.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = places.at(-1)
    if (!last || place.start >= last.end) places.push(place)
    else if (place.end > last.end) places[places.length - 1] = { start: last.start, end: place.end }
  }
  return places
}
