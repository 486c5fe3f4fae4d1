/** Finds the first difference between expected and printed JSON. */

import { matchesJson } from './match-json.ts'
import type { MatchNames } from './line-matcher.ts'
import { type JsonPattern, parseJson, readJsonPattern } from './read-json-pattern.ts'

/**
 * @returns The line of the expected text, from 1, where the first differing value starts; the line
 * of the whole value if the output is not JSON.
 */
export function jsonDifferenceLine(expected: string, actual: string, names: MatchNames): number {
  const pattern = readJsonPattern(expected, names.names)
  const value = parseJson(actual)
  if ('problem' in pattern) return 1
  const { at } = value === undefined ? pattern : differing(pattern, value, names.values)
  return expected.slice(0, at).split('\n').length
}

/** The innermost part that does not match; the pattern itself if no single part is to blame. */
function differing(
  pattern: JsonPattern,
  value: unknown,
  values: MatchNames['values'],
): JsonPattern {
  if (pattern.kind === 'object' && typeof value === 'object' && value !== null) {
    const actual = new Map<string, unknown>(Object.entries(value))
    for (const [name, member] of pattern.members) {
      if (!actual.has(name)) return member
      const own = actual.get(name)
      if (!matchesJson(member, own, values)) return differing(member, own, values)
    }
  }
  if (pattern.kind === 'array' && Array.isArray(value) && !pattern.items.includes('rest')) {
    for (const [index, item] of pattern.items.entries()) {
      if (item === 'rest') break
      if (index >= value.length) return item
      if (!matchesJson(item, value[index], values)) return differing(item, value[index], values)
    }
  }
  return pattern
}
