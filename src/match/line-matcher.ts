import { type Named, named, valueOf } from '../model/named.ts'
import { RE2JS } from 're2js'
import type { Part } from './read-pattern.ts'

/** Declared names, and the values known so far. */
export interface MatchNames {
  readonly names: ReadonlySet<string>
  readonly values: Readonly<Record<string, string>>
}

export type Captures = Named<string>

/** Matches one output line against one pattern line; returns the captures, or `undefined`. */
export type LineMatcher = (line: string, captures: Captures) => Captures | undefined

const none: Captures = {}

/**
 * Builds the matcher of one pattern line. Takes time linear in the line: regular expressions run on
 * RE2, so no output can make it hang.
 *
 * @param values - Values of `<$NAME>`; a name without a value matches nothing.
 */
export function lineMatcher(
  parts: readonly Part[],
  values: Readonly<Record<string, string>>,
): LineMatcher {
  const texts = parts.map((part) => (part.kind === 'value' ? valuePart(part.name, values) : part))
  if (texts.includes(undefined)) return () => undefined
  const known = texts.filter((part) => part !== undefined)
  if (known.every((part) => part.kind === 'text')) {
    const text = known.map((part) => part.text).join('')
    return (line) => (line === text ? none : undefined)
  }
  const isGlob = known.every((part) => part.kind === 'text' || part.kind === 'any')
  return withDroppedBlanks(known, isGlob ? globMatcher(known) : regexMatcher(known))
}

/** Rendering drops blanks at a line's end, so blanks before an empty hole are optional. */
function withDroppedBlanks(parts: readonly Part[], test: LineMatcher): LineMatcher {
  const before = parts.at(-1)?.kind === 'text' ? undefined : parts.at(-2)
  const blanks = before?.kind === 'text' ? before.text.slice(before.text.trimEnd().length) : ''
  if (blanks === '') return test
  return (line, captures) => test(line, captures) ?? test(line + blanks, captures)
}

function valuePart(name: string, values: Readonly<Record<string, string>>): Part | undefined {
  const value = valueOf(values, name)
  return value === undefined ? undefined : { kind: 'text', text: value }
}

function globMatcher(parts: readonly Part[]): LineMatcher {
  const pieces: string[] = ['']
  for (const part of parts) {
    if (part.kind === 'text') pieces.push((pieces.pop() ?? '') + part.text)
    else pieces.push('')
  }
  const first = pieces[0] ?? ''
  const last = pieces.at(-1) ?? ''
  const middle = pieces.slice(1, -1)
  return (line) => {
    if (!line.startsWith(first) || line.length < first.length + last.length) return undefined
    let at = first.length
    for (const piece of middle) {
      const found = line.indexOf(piece, at)
      if (found === -1) return undefined
      at = found + piece.length
    }
    return line.endsWith(last) && line.length - last.length >= at ? none : undefined
  }
}

function regexMatcher(parts: readonly Part[]): LineMatcher {
  const groups: { readonly name: string; readonly group: string }[] = []
  const source = parts
    .map((part, index) => {
      switch (part.kind) {
        case 'text':
          return RE2JS.quote(part.text)
        case 'any':
          return '.*?'
        case 'regex':
          return `(?:${part.source})`
        case 'capture': {
          const group = `rb${index}`
          groups.push({ name: part.name, group })
          return `(?P<${group}>${part.source ?? '.*?'})`
        }
        case 'value':
          throw new Error('unreachable: values are text by now')
        default:
          return part satisfies never
      }
    })
    .join('')
  const pattern = RE2JS.compile(`(?s)^(?:${source})$`)
  return (line, captures) => {
    const matcher = pattern.matcher(line)
    if (!matcher.find()) return undefined
    if (groups.length === 0) return none
    const found = new Map<string, string>()
    for (const { name, group } of groups) {
      const text = matcher.group(group) ?? ''
      const before = found.get(name) ?? valueOf(captures, name)
      if (before !== undefined && before !== text) return undefined
      found.set(name, text)
    }
    return named(found)
  }
}
