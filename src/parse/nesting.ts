/**
 * Measures how deep a text nests before a library recurses into it: a stack overflow inside a
 * library can crash the process instead of throwing.
 *
 * Ignores quotes and comments. The limits are far above anything a person writes, so stray brackets
 * do no harm.
 */

const maxYamlDepth = 100
export const maxShellDepth = 300

/** Offset at which YAML nests deeper than 100 levels, from 0; `undefined` if it does not. */
export function deepYamlAt(text: string): number | undefined {
  return deepAt(text, /[[{]/, /[\]}]/, maxYamlDepth) ?? deepIndentAt(text)
}

/**
 * Offset at which shell constructs nest deeper than 300 levels, from 0; `undefined` if they do not.
 */
export function deepShellAt(text: string): number | undefined {
  return deepAt(text, /[([{]/, /[)\]}]/, maxShellDepth) ?? deepWordsAt(text)
}

function deepAt(text: string, opens: RegExp, closes: RegExp, limit: number): number | undefined {
  // Each level takes at least one character, and most texts are short.
  if (text.length <= limit) return undefined
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (opens.test(character)) depth++
    else if (closes.test(character)) depth = Math.max(0, depth - 1)
    if (depth > limit) return at
  }
  return undefined
}

/** YAML blocks nest by indent, or by `- - -` on one line: at least one column a level. */
function deepIndentAt(text: string): number | undefined {
  let at = 0
  for (const line of text.split('\n')) {
    const marks = /^[ \t]*(?:[-?:][ \t]+)*/.exec(line)?.[0].length ?? 0
    if (marks > 2 * maxYamlDepth && line.trim() !== '') return at + marks
    at += line.length + 1
  }
  return undefined
}

const openWords = new Set(['if', 'while', 'until', 'for', 'select', 'case'])
const closeWords = new Set(['fi', 'done', 'esac'])

function deepWordsAt(text: string): number | undefined {
  if (text.length <= maxShellDepth) return undefined
  let depth = 0
  for (const match of text.matchAll(/[a-z]+/g)) {
    if (openWords.has(match[0])) depth++
    else if (closeWords.has(match[0])) depth = Math.max(0, depth - 1)
    if (depth > maxShellDepth) return match.index
  }
  return undefined
}
