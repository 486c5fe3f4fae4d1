/**
 * Sentences for people, in every language that the program speaks.
 *
 * Code builds a message where something happens; the language is chosen where it is shown. A
 * message holds both sentences as plain data, so it survives `JSON.stringify`.
 */

import { named } from './named.ts'

/** The language that a person reads. Code, ids, checks and error codes do not vary with it. */
export type Lang = 'zh' | 'en'

/** For the `lang` of a document. */
export const languageTags: Readonly<Record<Lang, string>> = { zh: 'zh-CN', en: 'en' }

/** Parses `zh-CN`, `en_US.UTF-8` or `en`; `undefined` for any other language. */
export function langNamed(name: string): Lang | undefined {
  if (/^zh(?:[_.@-]|$)/i.test(name)) return 'zh'
  return /^en(?:[_.@-]|$)/i.test(name) ? 'en' : undefined
}

/** One sentence in both languages; show `message[lang]`. */
export type Message = Readonly<Record<Lang, string>>

type Entry = Message | Readonly<Record<Lang, (...values: never) => string>>

/** Requires the Chinese entry to take the same values as the English one. */
type Complete<T> = {
  readonly [Key in keyof T]: T[Key] extends { readonly en: (...values: infer Values) => string }
    ? Readonly<Record<Lang, (...values: Values) => string>>
    : Message
}

/** A parameter of type string also accepts a message, which is shown in the sentence's language. */
type Value<V> = string extends V ? V | Message : V

type Phrase<T> = T extends { readonly en: (...values: infer Values) => string }
  ? (...values: { readonly [Index in keyof Values]: Value<Values[Index]> }) => Message
  : Message

/**
 * The messages of a folder: `{ key: { en: 'text', zh: '文字' } }`, or functions for messages with
 * values. An entry that lacks a language, or whose languages take different values, does not
 * compile.
 */
export function catalogue<const T extends Readonly<Record<string, Entry>>>(
  entries: T & Complete<T>,
): { readonly [Key in keyof T]: Phrase<T[Key]> } {
  const made = Object.entries<Entry>(entries).map(([key, entry]) => [key, phraseOf(entry)] as const)
  // oxlint-disable-next-line no-unsafe-type-assertion -- the same keys, and `phraseOf` makes each
  return named(made) as { readonly [Key in keyof T]: Phrase<T[Key]> }
}

function phraseOf(entry: Entry): unknown {
  if (typeof entry.en === 'string') return entry
  return (...values: readonly unknown[]): Message => ({
    zh: rendered(entry, 'zh', values),
    en: rendered(entry, 'en', values),
  })
}

function rendered(entry: Entry, lang: Lang, values: readonly unknown[]): string {
  // oxlint-disable-next-line no-unsafe-type-assertion -- `catalogue` has typed the values of a call
  const phrase = entry[lang] as (...values: readonly unknown[]) => string
  return phrase(...values.map((value) => (isMessage(value) ? value[lang] : value)))
}

function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'zh' in value && 'en' in value
}

/** Text of a host, a library or a page, shown unchanged in every language. */
export function verbatim(text: string): Message {
  return { zh: text, en: text }
}

/** Joins sentences or counts. */
export function joined(messages: readonly Message[]): Message {
  return {
    zh: messages.map(({ zh }) => zh).join('，'),
    en: messages.map(({ en }) => en).join(', '),
  }
}

/** Joins clauses into one sentence. */
export function clauses(messages: readonly Message[]): Message {
  return {
    zh: messages.map(({ zh }) => zh).join('；'),
    en: messages.map(({ en }) => en).join('; '),
  }
}

/** A list of names in backticks: `a`, `b`. */
export function listed(names: readonly string[]): Message {
  const all = names.map((name) => `\`${name}\``)
  return { zh: all.join('、'), en: all.join(', ') }
}
