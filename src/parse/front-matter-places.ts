/** Finds the spans of front matter values by their paths. */

import { isAlias, isMap, isScalar, isSeq, type Document, type Pair, type YAMLMap } from 'yaml'
import type { Span } from '../model/span.ts'
import type { PageSource } from './page-source.ts'

/** The span of a value, or of its key. */
export type Locate = (path: readonly PropertyKey[], ofKey?: boolean) => Span

/** @param offset - Where the YAML starts in the page. */
export function locator(document: Document, offset: number, source: PageSource): Locate {
  return (path, ofKey = false) => {
    for (let length = path.length; length > 0; length--) {
      const parent = nodeAt(document, path.slice(0, length - 1))
      const key = path[length - 1]
      const found = ofKey || length < path.length ? keyRange(parent, key) : undefined
      const node = nodeAt(document, path.slice(0, length))
      const range = found ?? nodeRange(node) ?? keyRange(parent, key)
      if (range) return source.span(offset + range[0], offset + range[1])
    }
    return source.span(offset, offset + 1)
  }
}

function nodeAt(document: Document, path: readonly PropertyKey[]): unknown {
  let node: unknown = document.contents
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document)
    node = isSeq(node)
      ? node.items[Number(key)]
      : isMap(node)
        ? pairOf(node, key)?.value
        : undefined
  }
  return node
}

/** Indexed by key, because a page may have thousands of variables. */
const pairsOf = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>()

function pairOf(map: YAMLMap, key: PropertyKey): Pair | undefined {
  const known = pairsOf.get(map)
  if (known) return known.get(String(key))
  const pairs = new Map<string, Pair>()
  for (const pair of map.items) if (isScalar(pair.key)) pairs.set(String(pair.key.value), pair)
  pairsOf.set(map, pairs)
  return pairs.get(String(key))
}

function nodeRange(node: unknown): readonly [number, number] | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined
  const { range } = node
  if (!Array.isArray(range)) return undefined
  const [start, end] = range.map(Number)
  return start === undefined || end === undefined ? undefined : [start, Math.max(end, start + 1)]
}

function keyRange(
  map: unknown,
  key: PropertyKey | undefined,
): readonly [number, number] | undefined {
  if (!isMap(map) || key === undefined) return undefined
  return nodeRange(pairOf(map, key)?.key)
}
