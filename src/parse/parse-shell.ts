/** Calls the shell grammar, with a limit on nesting. */

import { forEachChild, parse, type ParsedScript, type SyntaxNode } from 'unbash'
import { deepShellAt, maxShellDepth } from './nesting.ts'

/** @returns `undefined` if constructs nest deeper than `maxShellDepth`. */
export function parseShell(text: string): ParsedScript | undefined {
  if (deepShellAt(text) !== undefined) return undefined
  let script: ParsedScript
  try {
    script = parse(text)
  } catch (error) {
    // A stack overflow in the library means that the limit is exceeded too.
    if (error instanceof RangeError) return undefined
    throw error
  }
  return isDeep(script) ? undefined : script
}

function isDeep(script: ParsedScript): boolean {
  let level: SyntaxNode[] = [script]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxShellDepth) return true
    const next: SyntaxNode[] = []
    for (const node of level) {
      // A script decoded from backquotes is a separate text.
      if (node !== script && 'source' in node && node.source !== undefined) continue
      forEachChild(node, (child) => {
        next.push(child)
      })
    }
    level = next
  }
  return false
}
