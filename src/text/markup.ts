/**
 * Elements as plain values: drawn once, then written as markup here or made into nodes in a browser.
 * Text stays text in both.
 */

import { visibleText } from './visible-text.ts'

export interface Drawn {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly DrawnChild[]
}

export type DrawnChild = Drawn | string

/** Leaves out children that are `undefined`. */
export function drawn(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (DrawnChild | undefined)[]
): Drawn {
  return { name, attributes, children: children.filter((child) => child !== undefined) }
}

/** As HTML, with SVG in it. Control and invisible characters are drawn as escapes. */
export function markupOf(node: DrawnChild): string {
  if (typeof node === 'string') return escapeMarkup(node)
  const { name, attributes, children } = node
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escapeMarkup(value)}"`,
  )
  const start = `<${name}${written.join('')}>`
  if (voidNames.has(name)) return start
  return `${start}${children.map(markupOf).join('')}</${name}>`
}

const voidNames: ReadonlySet<string> = new Set(['br', 'hr', 'input', 'link', 'meta'])

/** Escapes foreign text for HTML and XML, as text or in an attribute. Keeps LF. */
export function escapeMarkup(text: string): string {
  return text
    .split('\n')
    .map(visibleText)
    .join('\n')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
