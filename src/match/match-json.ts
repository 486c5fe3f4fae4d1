import { mergedNames } from '../model/named.ts'
import { type Captures, lineMatcher, type MatchNames } from './line-matcher.ts'
import type { MatchResult } from './match-lines.ts'
import { type JsonPattern, parseJson, readJsonPattern } from './read-json-pattern.ts'

/**
 * Whether `actual` is the JSON value that `expected` describes. 1 equals 1.0; members match in any
 * order.
 */
export function matchJson(expected: string, actual: string, names: MatchNames): MatchResult {
  const pattern = readJsonPattern(expected, names.names)
  const value = parseJson(actual)
  if ('problem' in pattern || value === undefined) return { matched: false, captures: {} }
  const captures = matchValue(pattern, value, {}, names.values)
  return { matched: captures !== undefined, captures: captures ?? {} }
}

/** Whether a value matches one part of a pattern, independent of the rest. */
export function matchesJson(
  pattern: JsonPattern,
  value: unknown,
  values: Readonly<Record<string, string>>,
): boolean {
  return matchValue(pattern, value, {}, values) !== undefined
}

function matchValue(
  pattern: JsonPattern,
  value: unknown,
  captures: Captures,
  values: Readonly<Record<string, string>>,
): Captures | undefined {
  switch (pattern.kind) {
    case 'literal':
      return pattern.value === value ? captures : undefined
    case 'hole': {
      const text = typeof value === 'string' ? value : textOf(value)
      if (text === undefined) return undefined
      const found = lineMatcher(pattern.parts, values)(text, captures)
      return found && mergedNames(captures, found)
    }
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
      const actual = new Map<string, unknown>(Object.entries(value))
      if (!pattern.open && actual.size !== pattern.members.size) return undefined
      let found: Captures | undefined = captures
      for (const [name, member] of pattern.members) {
        if (!actual.has(name)) return undefined
        found = matchValue(member, actual.get(name), found, values)
        if (!found) return undefined
      }
      return found
    }
    case 'array':
      return Array.isArray(value) ? matchItems(pattern.items, value, captures, values) : undefined
    default:
      return pattern satisfies never
  }
}

/** `undefined` if the value nests too deep to be written as JSON. */
function textOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** `...` in an array matches any number of elements, with the same backtracking as for lines. */
function matchItems(
  items: readonly (JsonPattern | 'rest')[],
  actual: readonly unknown[],
  captures: Captures,
  values: Readonly<Record<string, string>>,
): Captures | undefined {
  // One state per reachable position in `items`, with its captures.
  let states = new Map<number, Captures>([[0, captures]])
  const close = () => {
    for (const [at, kept] of states) {
      if (items[at] === 'rest' && !states.has(at + 1)) states.set(at + 1, kept)
    }
  }
  close()
  for (const value of actual) {
    const next = new Map<number, Captures>()
    for (const [at, kept] of states) {
      const item = items[at]
      if (item === undefined) continue
      if (item === 'rest') {
        if (!next.has(at)) next.set(at, kept)
        continue
      }
      const found = matchValue(item, value, kept, values)
      if (found && !next.has(at + 1)) next.set(at + 1, found)
    }
    states = next
    close()
  }
  return states.get(items.length)
}
