import { quoteValue } from './quote-value.ts'
import type { VariableUse } from './variable-uses.ts'

/** Replaces variables in a command's text by values, wherever bash certainly reads the same. */
export function substitute(
  text: string,
  uses: readonly VariableUse[],
  values: ReadonlyMap<string, string>,
): string {
  let filled = ''
  let at = 0
  for (const { start, end, name, mode, stop } of uses) {
    const value = values.get(name)
    const quoted = value === undefined ? undefined : quoteValue(value, mode, stop)
    filled += text.slice(at, start) + (quoted ?? text.slice(start, end))
    at = end
  }
  return filled + text.slice(at)
}
