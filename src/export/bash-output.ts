/** Expected output as arguments of `rb_prints`: for each line its repetition and its expression. */

import type { ExpectedOutput } from '../model/expected.ts'
import { patternOf } from '../match/match-output.ts'
import type { Part, PatternLine } from '../match/read-pattern.ts'
import { ereOf, literalEre, quoted } from './bash-words.ts'

export interface BashOutput {
  /** Bash words, already quoted. */
  readonly words: readonly string[]
  readonly captures: readonly BashCapture[]
}

interface BashCapture {
  readonly name: string
  /** The whole line, as a bash word. */
  readonly line: string
  /** Group of the expression. */
  readonly group: number
  /** After an open hole: the text before the value, which may then occur only once. */
  readonly before: string
}

/** @returns `undefined` if plain bash cannot compare it. */
export function bashOutput(
  expected: ExpectedOutput,
  names: ReadonlySet<string>,
): BashOutput | undefined {
  if (expected.match === 'json' || expected.typed !== undefined) return undefined
  const words: string[] = []
  const captures: BashCapture[] = []
  for (const line of patternOf(expected, names).lines) {
    const read = lineOf(line)
    if (!read) return undefined
    words.push(read.times, read.word)
    for (const capture of read.captures) captures.push({ ...capture, line: read.word })
  }
  const repeated = captures.some(({ name }, at) =>
    captures.some((other, index) => index < at && other.name === name),
  )
  return repeated ? undefined : { words, captures }
}

interface BashLine {
  readonly times: string
  readonly word: string
  readonly captures: readonly Omit<BashCapture, 'line'>[]
}

function lineOf(line: PatternLine): BashLine | undefined {
  if (line.kind === 'any-lines') return { times: 'any', word: "''", captures: [] }
  const captures: Omit<BashCapture, 'line'>[] = []
  let groups = 0
  let word = ''
  for (const [at, part] of line.parts.entries()) {
    if (part.kind === 'capture') {
      const before = textBefore(line.parts, at)
      if (before === undefined || line.times !== 'once') return undefined
      captures.push({ name: part.name, group: groups + 1, before })
    }
    const read = partOf(part)
    if (!read) return undefined
    groups += read.groups
    word += read.word
  }
  return { times: line.times, word: `'^'${word}'$'`, captures }
}

/**
 * The text before a captured value; empty at the line's start. Bash expressions are greedy, ours
 * are not: `undefined` if the results may differ.
 */
function textBefore(parts: readonly Part[], at: number): string | undefined {
  const part = parts[at]
  const others = parts.filter((each, index) => index !== at && each.kind !== 'text')
  const isLazy =
    part?.kind !== 'capture' || part.source === undefined || /[*+?}]\?/.test(part.source)
  if (isLazy && others.length > 0) return undefined
  const isOpenBefore = parts.slice(0, at).some(({ kind }) => kind !== 'text')
  const last = parts[at - 1]
  if (!isOpenBefore) return ''
  return last?.kind === 'text' ? last.text : undefined
}

function partOf(part: Part): { readonly word: string; readonly groups: number } | undefined {
  switch (part.kind) {
    case 'text':
      return { word: quoted(literalEre(part.text)), groups: 0 }
    case 'any':
      return { word: "'.*'", groups: 0 }
    case 'value':
      return { word: `"$(rb_literal "$${part.name}")"`, groups: 0 }
    case 'regex':
    case 'capture': {
      const ere = part.source === undefined ? '.*' : ereOf(part.source)
      if (ere === undefined) return undefined
      const groups = 1 + (ere.replaceAll(/\\.|\[[^\]]*\]/gs, '').match(/\(/g)?.length ?? 0)
      return { word: quoted(`(${ere})`), groups }
    }
    default:
      return part satisfies never
  }
}
