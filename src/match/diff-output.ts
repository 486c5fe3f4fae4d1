import type { ExpectedOutput } from '../model/expected.ts'
import { alignOutput } from './align-output.ts'
import { type MatchNames, patternOf } from './match-output.ts'
import { patternText } from './pattern-text.ts'
import { renderScreen } from './render-screen.ts'
import { showInvisible } from './show-invisible.ts'

const maxLines = 2000

/**
 * The least change from what the page expects to what the host printed: lines that start with
 * `- ` (expected), `+ ` (printed) and two blanks (both). Unchanged lines far from a change are left
 * out.
 */
export function diffOutput(expected: ExpectedOutput, actual: string, names: MatchNames): string {
  const all = renderScreen(actual).split('\n')
  const printed = all.length === 1 && all[0] === '' ? [] : all.slice(0, maxLines)
  const text = patternText(expected).trimEnd()
  const wanted = text === '' ? [] : text.split('\n')
  if (expected.match === 'json') return wholeDiff(wanted, printed)
  const pattern = patternOf({ text, match: 'lines' }, names.names)
  const lines: string[] = []
  for (const line of alignOutput(pattern, printed, names.values)) {
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
  return withContext(lines, 3).join('\n')
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
