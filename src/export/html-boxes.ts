/** Containers of a page and GitHub's alerts as boxes with a title. */

import type { Element, ElementContent } from 'hast'
import type { Blockquote } from 'mdast'
import type { Lang } from '../model/message.ts'
import { containerKind } from './containers.ts'
import { containerTitles } from './messages.ts'

export function element(
  tagName: string,
  properties: Element['properties'],
  children: readonly ElementContent[],
): Element {
  return { type: 'element', tagName, properties, children: [...children] }
}

/** `[!TIP] Title` at the start of a quote; `undefined`: an ordinary quote. */
export function boxed(
  node: Blockquote,
  drawn: (children: Blockquote['children']) => ElementContent[],
  lang: Lang,
): Element | undefined {
  const [first, ...others] = node.children
  const text = first?.type === 'paragraph' ? first.children[0] : undefined
  if (first?.type !== 'paragraph' || text?.type !== 'text') return undefined
  const [whole = '', word = '', title = ''] =
    /^\[!(\w+)\][ \t]*([^\n]*)(?:\n|$)/.exec(text.value) ?? []
  const kind = containerKind(word)
  if (kind === undefined) return undefined
  const rest = { ...text, value: text.value.slice(whole.length) }
  const own = [...(rest.value === '' ? [] : [rest]), ...first.children.slice(1)]
  const paragraph = own.length === 0 ? [] : [{ ...first, children: own }]
  const heading = title.trim() === '' ? containerTitles[kind][lang] : title.trim()
  const isDetails = kind === 'details'
  const named = element(isDetails ? 'summary' : 'p', isDetails ? {} : { className: ['title'] }, [
    { type: 'text', value: heading },
  ])
  return element(
    isDetails ? 'details' : 'aside',
    isDetails ? { open: true } : { className: [kind] },
    [named, ...drawn([...paragraph, ...others])],
  )
}
