/**
 * Parses expected JSON with holes: a hole, bare or quoted, matches any one value; `...` matches any
 * further members or elements.
 */

import { messages } from './messages.ts'
import type { Message } from '../model/message.ts'
import { type Part, readPattern } from './read-pattern.ts'

/** A value and its range in the expected text, in UTF-16 units. */
export type JsonPattern = JsonValue & { readonly at: number; readonly end: number }

/** A member, an element or a `...`; the range includes its name. */
export interface JsonEntry {
  readonly at: number
  readonly end: number
  readonly name: string | undefined
  readonly value: JsonPattern | 'rest'
}

type JsonValue =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'hole'; readonly parts: readonly Part[] }
  | {
      readonly kind: 'object'
      readonly members: ReadonlyMap<string, JsonPattern>
      readonly open: boolean
      readonly entries: readonly JsonEntry[]
    }
  | {
      readonly kind: 'array'
      readonly items: readonly (JsonPattern | 'rest')[]
      readonly entries: readonly JsonEntry[]
    }

/** @returns The pattern, or an error with its position. */
export function readJsonPattern(
  text: string,
  names: ReadonlySet<string>,
): JsonPattern | { readonly problem: Message } {
  try {
    return new Reader(text, names).read()
  } catch (error) {
    if (error instanceof JsonPatternError) return { problem: error.problem }
    throw error
  }
}

class JsonPatternError extends Error {
  override readonly name = 'JsonPatternError'
  readonly problem: Message

  constructor(problem: Message) {
    super(problem.en)
    this.problem = problem
  }
}

/** Reading and matching recurse, so depth is limited. */
const maxDepth = 200

/** Without a limit, a line of `>` would be scanned again from each of them. */
const maxHoleLength = 1200

class Reader {
  readonly #text: string
  readonly #names: ReadonlySet<string>
  #at = 0
  #depth = 0

  constructor(text: string, names: ReadonlySet<string>) {
    this.#text = text
    this.#names = names
  }

  read(): JsonPattern {
    const value = this.#value()
    this.#blanks()
    if (this.#at < this.#text.length)
      throw new JsonPatternError(messages.more(this.#line(), this.#next()))
    return value
  }

  #value(): JsonPattern {
    this.#blanks()
    const at = this.#at
    const value = this.#plainValue()
    return { ...value, at, end: this.#at }
  }

  #plainValue(): JsonValue {
    const next = this.#text[this.#at]
    if (next === '{') return this.#object()
    if (next === '[') return this.#array()
    if (next === '<') return this.#hole()
    if (next === '"') {
      const text = this.#string()
      const parts = readPattern(text, this.#names).lines[0]
      const only = parts?.kind === 'line' ? parts.parts[0] : undefined
      if (parts?.kind === 'line' && parts.parts.length === 1 && only && only.kind !== 'text') {
        return { kind: 'hole', parts: parts.parts }
      }
      return { kind: 'literal', value: text }
    }
    const word = /^(?:-?\d[\d.eE+-]*|true|false|null)/.exec(this.#text.slice(this.#at))?.[0]
    if (word === undefined) return this.#fail(messages.aValue)
    this.#at += word.length
    const value: unknown = parseJson(word)
    if (typeof value === 'number' || typeof value === 'boolean' || value === null) {
      return { kind: 'literal', value }
    }
    return this.#fail(messages.aValue)
  }

  #object(): JsonValue {
    const members = new Map<string, JsonPattern>()
    const entries: JsonEntry[] = []
    let open = false
    this.#at++
    this.#items('}', () => {
      const at = this.#at
      if (this.#rest()) {
        open = true
        entries.push({ at, end: this.#at, name: undefined, value: 'rest' })
        return
      }
      if (this.#text[this.#at] !== '"') this.#fail(messages.aName)
      const name = this.#string()
      this.#blanks()
      if (this.#text[this.#at] !== ':') this.#fail(messages.mark(':'))
      this.#at++
      const value = this.#value()
      members.set(name, value)
      entries.push({ at, end: this.#at, name, value })
    })
    return { kind: 'object', members, open, entries }
  }

  #array(): JsonValue {
    const entries: JsonEntry[] = []
    this.#at++
    this.#items(']', () => {
      const at = this.#at
      const value = this.#rest() ? 'rest' : this.#value()
      entries.push({ at, end: this.#at, name: undefined, value })
    })
    return { kind: 'array', items: entries.map(({ value }) => value), entries }
  }

  #items(close: string, readItem: () => void): void {
    if (++this.#depth > maxDepth)
      throw new JsonPatternError(messages.tooDeep(this.#line(), maxDepth))
    for (;;) {
      this.#blanks()
      if (this.#text[this.#at] === close) {
        this.#at++
        this.#depth--
        return
      }
      readItem()
      this.#blanks()
      if (this.#text[this.#at] === ',') this.#at++
      else if (this.#text[this.#at] !== close) this.#fail(messages.either(',', close))
    }
  }

  #rest(): boolean {
    if (!this.#text.startsWith('...', this.#at)) return false
    this.#at += 3
    return true
  }

  #hole(): JsonValue {
    const line = /^.*/.exec(this.#text.slice(this.#at, this.#at + maxHoleLength))?.[0] ?? ''
    // A hole may contain `>`: try each one until reading the hole alone consumes all of it.
    for (let end = line.indexOf('>'); end !== -1; end = line.indexOf('>', end + 1)) {
      const read = readPattern(line.slice(0, end + 1), this.#names).lines[0]
      if (read?.kind === 'line' && read.parts.length === 1 && read.parts[0]?.kind !== 'text') {
        this.#at += end + 1
        return { kind: 'hole', parts: read.parts }
      }
    }
    return this.#fail(messages.aHole)
  }

  #string(): string {
    const raw = /^"(?:[^"\\]|\\.)*"/s.exec(this.#text.slice(this.#at))?.[0]
    const value: unknown = raw === undefined ? undefined : parseJson(raw)
    if (raw === undefined || typeof value !== 'string') return this.#fail(messages.aText)
    this.#at += raw.length
    return value
  }

  #blanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++
  }

  #fail(wanted: Message): never {
    const next = this.#next()
    throw new JsonPatternError(
      next === ''
        ? messages.missingAtEnd(this.#line(), wanted)
        : messages.missing(this.#line(), wanted, next),
    )
  }

  /** The current line, from 1. */
  #line(): number {
    return this.#text.slice(0, this.#at).split('\n').length
  }

  /** The text at the current position, for a message. */
  #next(): string {
    return this.#text.slice(this.#at, this.#at + 20).split('\n')[0] ?? ''
  }
}

/** `undefined` if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
