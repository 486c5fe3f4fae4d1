/** The ids of an exported page: each once, and every anchor that lint accepts leads to one. */

import type { Element } from 'hast'
import type { Heading } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { anchorKey, anchorNamed, anchorsOf, headingId } from '../parse/anchors.ts'
import type { ParsedPage } from '../parse/parse-runbook.ts'

export class HtmlIds {
  readonly #taken = new Set<string>()
  readonly #steps: ReadonlySet<string>
  readonly #anchors: ReadonlyMap<string, string>

  constructor(page: ParsedPage) {
    this.#steps = new Set(page.runbook.steps.map(({ id }) => id))
    this.#anchors = anchorsOf(page)
  }

  /** The id, or one with a number where it is taken: variants share one. */
  unique(id: string): string {
    let own = id
    for (let number = 1; this.#taken.has(own); number++) own = `${id}-${number}`
    this.#taken.add(own)
    return own
  }

  /** A heading's id, and its words without `{#id}`. A step of that name keeps the name. */
  heading(node: Heading): Pick<Heading, 'children'> & { readonly id: string | undefined } {
    const given = headingId(toString(node))
    const children = given === undefined ? node.children : withoutId(node, given)
    const words = toString({ ...node, children })
    const id = given ?? this.#anchors.get(anchorKey(words))
    const isStep = id !== undefined && this.#steps.has(id)
    return { children, id: id === undefined || id === '' || isStep ? undefined : this.unique(id) }
  }

  /** Spells a link within the page as its target does. */
  lead({ properties }: Element): void {
    const { href } = properties
    if (typeof href !== 'string' || !href.startsWith('#')) return
    const named = anchorNamed(this.#anchors, href.slice(1))
    if (named !== undefined) properties['href'] = `#${encodeURIComponent(named)}`
  }
}

function withoutId({ children }: Heading, id: string): Heading['children'] {
  const last = children.at(-1)
  if (last?.type !== 'text') return children
  const at = last.value.lastIndexOf(`{#${id}`)
  return at === -1
    ? children
    : [...children.slice(0, -1), { ...last, value: last.value.slice(0, at).trimEnd() }]
}
