/** Expected output for readers who do not know our holes. */

import { readPattern, type Part, type PatternLine } from '../match/read-pattern.ts'
import type { ExpectedOutput } from '../model/expected.ts'

export interface PlainExpected {
  /** `…` stands for text that varies. */
  readonly text: string
  readonly varies: boolean
}

export function plainExpected(
  { text, match }: Pick<ExpectedOutput, 'text' | 'match'>,
  names: ReadonlySet<string>,
): PlainExpected {
  const plain =
    match === 'json'
      ? text.replaceAll(/<(?:\.\.\.|:[^>\n]*|[A-Z_]\w*(?::[^>\n]*)?)>/g, '…')
      : readPattern(text, names).lines.map(plainLine).join('\n')
  const { lines } = readPattern(text, names)
  const varies = match === 'json' ? plain !== text : lines.some((line) => !isExact(line))
  return { text: plain, varies }
}

function plainLine(line: PatternLine): string {
  return line.kind === 'any-lines' ? '…' : line.parts.map(plainPart).join('')
}

function plainPart(part: Part): string {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'any':
    case 'regex':
      return '…'
    case 'capture':
    case 'value':
      return `$${part.name}`
    default:
      return part satisfies never
  }
}

function isExact(line: PatternLine): boolean {
  return (
    line.kind === 'line' && line.times === 'once' && line.parts.every(({ kind }) => kind === 'text')
  )
}
