/** Filters the front matter for the site: only keys and shapes listed here are published. */

import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import { refuse } from './refuse-page.ts'
import { isRemoteImage, hasScheme, isSafeLink } from './safe-link.ts'

type Kind = 'text' | 'word' | 'link' | 'image' | 'switch'
/** Accepted forms of a value; the first that fits is used. */
type Forms = readonly (Kind | Shape | ListOf)[]
interface Shape {
  readonly keys: Readonly<Record<string, Forms>>
}
interface ListOf {
  readonly each: Forms
}

const word: Forms = ['word']
const text: Forms = ['text']
const link: Forms = ['link']
const picture: Shape = {
  keys: {
    src: ['image'],
    light: ['image'],
    dark: ['image'],
    alt: text,
    width: word,
    height: word,
  },
}
const action: Shape = { keys: { theme: word, text, link, target: word, rel: word } }
const feature: Shape = {
  keys: {
    icon: ['text', picture],
    title: text,
    details: text,
    link,
    linkText: text,
    rel: word,
    target: word,
  },
}
const hero: Shape = {
  keys: {
    name: text,
    text,
    tagline: text,
    image: ['image', picture],
    actions: [{ each: [action] }],
  },
}
const neighbour: Forms = ['text', { keys: { text, link } }]

const published: Readonly<Record<string, Forms>> = {
  title: text,
  titleTemplate: text,
  description: text,
  layout: word,
  hero: [hero],
  features: [{ each: [feature] }],
  outline: ['word', { each: word }],
  aside: word,
  sidebar: ['switch'],
  navbar: ['switch'],
  footer: ['switch'],
  prev: neighbour,
  next: neighbour,
  search: ['switch'],
  pageClass: word,
  lastUpdated: ['switch'],
  editLink: ['switch'],
}

/** VitePress would use any other layout as an element's name. */
const layouts: ReadonlySet<unknown> = new Set(['doc', 'home', 'page', false])

/**
 * The front matter to publish; keys without use for the site are dropped.
 *
 * @throws {SiteError} If a published value is markup, or links to a script.
 */
export function publishedMatter(
  file: string,
  source: string,
  matter: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(published).flatMap(([key, forms]) => {
      if (!Object.hasOwn(matter, key)) return []
      const deny = (value: string, why: Message): never => {
        const line = source.split('\n').findIndex((one) => one.startsWith(`${key}:`)) + 1
        refuse(file, Math.max(line, 1), messages.matterNotPlain(value, key, why))
      }
      const value = read(matter[key], forms, deny)
      if (key === 'layout' && value !== undefined && !layouts.has(value))
        deny(JSON.stringify(value), messages.notALayout)
      return value === undefined ? [] : [[key, value]]
    }),
  )
}

type Deny = (value: string, why: Message) => never

function read(value: unknown, forms: Forms, deny: Deny): unknown {
  for (const form of forms) {
    const found =
      typeof form === 'string' ? readLeaf(value, form, deny) : readTree(value, form, deny)
    if (found !== undefined) return found
  }
  return undefined
}

function readTree(value: unknown, form: Shape | ListOf, deny: Deny): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  if ('each' in form) {
    return Array.isArray(value)
      ? value.map((one) => read(one, form.each, deny)).filter((one) => one !== undefined)
      : undefined
  }
  if (Array.isArray(value)) return undefined
  const own = new Map<string, unknown>(Object.entries(value))
  return Object.fromEntries(
    Object.entries(form.keys).flatMap(([key, forms]) => {
      const leaf = read(own.get(key), forms, deny)
      return leaf === undefined ? [] : [[key, leaf]]
    }),
  )
}

function readLeaf(value: unknown, kind: Kind, deny: Deny): unknown {
  if (typeof value === 'boolean') return value
  if (kind === 'switch') return undefined
  if (typeof value === 'number') return kind === 'text' ? String(value) : value
  if (typeof value !== 'string') return undefined
  // Some elements of the theme render text as HTML.
  if (/<[a-z/!?]/i.test(value)) deny(value, messages.isMarkup)
  if (kind === 'word' && !/^[\w\s-]*$/.test(value)) deny(value, messages.moreThanAWord)
  if (kind === 'link' && !isSafeLink(value)) deny(value, messages.leadsNowhere)
  if (kind === 'image' && hasScheme(value) && !isRemoteImage(value))
    deny(value, messages.notAnImageAddress)
  return value
}
