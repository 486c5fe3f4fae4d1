/**
 * Parses the content of an `output` fence: lines with holes, optional and repeated lines.
 *
 * DESIGN 3.4 defines the language. Matching is in `match-lines.ts`.
 */

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  /** Any characters, or none. */
  | { readonly kind: 'any' }
  | { readonly kind: 'regex'; readonly source: string }
  /** Stored under `name`. `source` is a regex; `undefined` matches any characters. */
  | { readonly kind: 'capture'; readonly name: string; readonly source: string | undefined }
  /** The variable's value. */
  | { readonly kind: 'value'; readonly name: string }

export type PatternLine =
  /** `...`: any number of lines. */
  | { readonly kind: 'any-lines' }
  | {
      readonly kind: 'line'
      readonly times: 'once' | 'optional' | 'repeated'
      readonly parts: readonly Part[]
    }

/** A regex hole with its position, for error messages. */
export interface RegexHole {
  readonly source: string
  /** Offset in the text. */
  readonly start: number
  readonly end: number
}

export interface Pattern {
  /** One for each line of the text. */
  readonly lines: readonly PatternLine[]
  readonly regexes: readonly RegexHole[]
  /** Names that the output sets. */
  readonly captures: readonly string[]
}

/**
 * @param text - The fence's lines, joined by LF.
 * @param names - Declared names; any other `<word>` is literal text.
 */
export function readPattern(text: string, names: ReadonlySet<string>): Pattern {
  const regexes: RegexHole[] = []
  const captures = new Set<string>()
  const lines: PatternLine[] = []
  let start = 0
  const texts = text.trim() === '' ? [] : text.trimEnd().split('\n')
  for (const raw of texts) {
    lines.push(readLine(raw.trimEnd(), start, { names, regexes, captures }))
    start += raw.length + 1
  }
  return { lines, regexes, captures: [...captures] }
}

interface Reading {
  readonly names: ReadonlySet<string>
  readonly regexes: RegexHole[]
  readonly captures: Set<string>
}

function readLine(line: string, offset: number, reading: Reading): PatternLine {
  if (line.trim() === '...') return { kind: 'any-lines' }
  const mark = /^<([?*])> ?/.exec(line)
  const from = mark?.[0].length ?? 0
  const times = mark === null ? 'once' : mark[1] === '?' ? 'optional' : 'repeated'
  return { kind: 'line', times, parts: readParts(line, from, offset, reading) }
}

function readParts(line: string, from: number, offset: number, reading: Reading): readonly Part[] {
  const parts: Part[] = []
  let literal = ''
  const push = (part: Part) => {
    if (literal !== '') parts.push({ kind: 'text', text: literal })
    literal = ''
    parts.push(part)
  }
  let at = from
  while (at < line.length) {
    if (line.startsWith('\\<', at)) {
      literal += '<'
      at += 2
      continue
    }
    if (at === from && /^\s*\\+\.{3}$/.test(line.slice(at))) {
      literal += line.slice(at).replace('\\', '')
      break
    }
    const hole = line[at] === '<' ? readHole(line, at, reading.names) : undefined
    if (!hole) {
      literal += line[at] ?? ''
      at++
      continue
    }
    push(hole.part)
    if ('source' in hole.part && hole.part.source !== undefined) {
      const { sourceStart, end } = hole
      reading.regexes.push({
        source: hole.part.source,
        start: offset + sourceStart,
        end: offset + end - 1,
      })
    }
    if (hole.part.kind === 'capture') reading.captures.add(hole.part.name)
    at = hole.end
  }
  if (literal !== '') parts.push({ kind: 'text', text: literal })
  return parts
}

interface Hole {
  readonly part: Part
  readonly sourceStart: number
  readonly end: number
}

function readHole(line: string, at: number, names: ReadonlySet<string>): Hole | undefined {
  if (line.startsWith('<...>', at)) return { part: { kind: 'any' }, sourceStart: at, end: at + 5 }
  const [opening, mark = '', name = '', colon] =
    /^<(\$?)([A-Za-z_]\w*)?(:)?/.exec(line.slice(at)) ?? []
  if (opening === undefined || (name !== '' && !names.has(name))) return undefined
  const sourceStart = at + opening.length
  if (mark === '$') {
    const closed = name !== '' && colon === undefined && line[sourceStart] === '>'
    return closed ? { part: { kind: 'value', name }, sourceStart, end: sourceStart + 1 } : undefined
  }
  if (colon === undefined) {
    if (name === '' || line[sourceStart] !== '>') return undefined
    const part = { kind: 'capture', name, source: undefined } as const
    return { part, sourceStart, end: sourceStart + 1 }
  }
  const close = regexEnd(line, sourceStart)
  if (close === undefined) return undefined
  const source = line.slice(sourceStart, close).replaceAll('\\>', '>')
  const part: Part = name === '' ? { kind: 'regex', source } : { kind: 'capture', name, source }
  return { part, sourceStart, end: close + 1 }
}

// Longer text is literal: without a limit, a line of `<:<:<:` would be scanned again from each.
const maxRegexLength = 1000

/** The first `>` outside `[…]` that no backslash escapes. */
function regexEnd(line: string, from: number): number | undefined {
  let inClass = false
  const last = Math.min(line.length, from + maxRegexLength)
  for (let at = from; at < last; at++) {
    const character = line[at]
    if (character === '\\') at++
    else if (inClass) {
      // Right after `[` or `[^`, a `]` is a literal member.
      if (character === ']' && !/\[\^?$/.test(line.slice(Math.max(from, at - 2), at)))
        inClass = false
    } else if (character === '[') inClass = true
    else if (character === '>') return at
  }
  return undefined
}
