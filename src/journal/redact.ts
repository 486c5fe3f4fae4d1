/** Masks secrets in any spelling, in whole texts and in streams. */

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
   * Masks `value` from now on, also in the encodings listed in docs/SECURITY.md. Values of
   * variables have at least six characters (`checkSecret`). Other values, such as a host's
   * password, are ignored below four characters, because masking them would hide ordinary text.
   */
  add(value: string): void {
    if (value.length < minLength || this.#secrets.has(value)) return
    this.#secrets.add(value)
    this.#trie = undefined
  }

  /** Whether no secret was added. */
  get isEmpty(): boolean {
    return this.#secrets.size === 0
  }

  /** Bytes compared since the last secret was added: the cost of masking. */
  get steps(): number {
    return this.#trie?.steps ?? 0
  }

  /** Masks a complete text. */
  text(text: string): string {
    if (this.isEmpty || text === '') return text
    return this.stream().end(text)
  }

  /** Masks a text that arrives in pieces. */
  stream(): MaskedStream {
    return new MaskedStream(() => this.#forms())
  }

  /** Cached until a secret is added; `undefined`: there are no secrets. */
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
  /** Text not yet returned, and its offset in the whole text. */
  #held = ''
  #base = 0
  #found: Found[] = []

  constructor(forms: () => FormTrie | undefined) {
    this.#forms = forms
  }

  /** Accepts more text; returns what is safe to show. The rest may begin a secret. */
  push(text: string): string {
    return this.#take(text, false)
  }

  /** Returns the rest. */
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

  /** Searches the held text again for secrets added since. */
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
      // Characters that backspaces erase may have been returned already.
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

/** Sorted, with overlapping places merged. */
function merged(found: readonly Found[]): readonly Found[] {
  const places: Found[] = []
  for (const place of found.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = places.at(-1)
    if (!last || place.start >= last.end) places.push(place)
    else if (place.end > last.end) places[places.length - 1] = { start: last.start, end: place.end }
  }
  return places
}
