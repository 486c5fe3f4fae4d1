import type { ExpectedOutput } from '../model/expected.ts'
import { type AlignedLine, alignOutput } from './align-output.ts'
import { jsonDifferenceLine } from './json-difference.ts'
import type { MatchNames } from './line-matcher.ts'
import { patternOf } from './match-output.ts'
import { lineOfPattern, patternText } from './pattern-text.ts'
import { renderScreen } from './render-screen.ts'
import { showInvisible } from './show-invisible.ts'

const maxLines = 2000

export interface OutputDifference {
  readonly text: string
  /** First differing line of the expected text, from 1. */
  readonly line: number
}

/**
 * The smallest diff from expected to printed output: lines start with `- ` (expected), `+ `
 * (printed) or two blanks (both). Unchanged lines far from a change are omitted.
 */
export function diffOutput(
  expected: ExpectedOutput,
  actual: string,
  names: MatchNames,
): OutputDifference {
  const all = renderScreen(actual).split('\n')
  const printed = all.length === 1 && all[0] === '' ? [] : all.slice(0, maxLines)
  const text = patternText(expected).trimEnd()
  const wanted = text === '' ? [] : text.split('\n')
  if (expected.match === 'json') {
    const line = jsonDifferenceLine(expected.text, all.join('\n'), names)
    return { text: wholeDiff(wanted, printed), line }
  }
  const pattern = patternOf({ text, match: 'lines' }, names.names)
  const lines: string[] = []
  const aligned = alignOutput(pattern, printed, names.values)
  for (const line of aligned) {
    const left = 'expected' in line ? (wanted[line.expected] ?? '') : ''
    const right = 'actual' in line ? (printed[line.actual] ?? '') : ''
    switch (line.kind) {
      case 'same':
        lines.push(`  ${right}`)
        break
      case 'changed':
        lines.push(`- ${showInvisible(left, right)}`, `+ ${showInvisible(right, left)}`)
        break
      case 'missing':
        lines.push(`- ${showInvisible(left, left)}`)
        break
      case 'extra':
        if (expected.match !== 'contains') lines.push(`+ ${showInvisible(right, right)}`)
        break
      case 'empty':
        break
      default:
        throw new Error(`unreachable: ${JSON.stringify(line satisfies never)}`)
    }
  }
  if (all.length > maxLines) lines.push(`  … ${all.length - maxLines} lines more`)
  const first = firstDifference(aligned, expected.match === 'contains')
  return { text: withContext(lines, 3).join('\n'), line: lineOfPattern(expected, first) }
}

/** The first pattern line, from 0, that differs or that extra output precedes. */
function firstDifference(aligned: readonly AlignedLine[], allowsExtra: boolean): number {
  const differs = ({ kind }: AlignedLine) =>
    kind === 'changed' || kind === 'missing' || (kind === 'extra' && !allowsExtra)
  const at = aligned.findIndex(differs)
  const before = aligned.slice(0, at).findLast(hasExpected)
  return (aligned.slice(at).find(hasExpected) ?? before)?.expected ?? 0
}

function hasExpected(line: AlignedLine): line is Exclude<AlignedLine, { readonly kind: 'extra' }> {
  return line.kind !== 'extra'
}

function wholeDiff(wanted: readonly string[], printed: readonly string[]): string {
  return [...wanted.map((line) => `- ${line}`), ...printed.map((line) => `+ ${line}`)].join('\n')
}

function withContext(lines: readonly string[], context: number): readonly string[] {
  const near = new Set<number>()
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('  ')) continue
    for (let at = index - context; at <= index + context; at++) near.add(at)
  }
  const kept: string[] = []
  let skipped = 0
  for (const [index, line] of lines.entries()) {
    if (near.has(index)) {
      if (skipped > 0) kept.push(`  … ${skipped}`)
      skipped = 0
      kept.push(line)
    } else skipped++
  }
  if (skipped > 0 && kept.length > 0) kept.push(`  … ${skipped}`)
  return kept
}
