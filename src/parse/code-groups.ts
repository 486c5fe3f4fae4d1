/**
 * Finds VitePress's `::: code-group` containers, the only containers that affect a run.
 *
 * remark does not parse containers, so this scans the lines outside fences.
 */

import type { Span } from '../model/span.ts'
import type { PageSource } from './page-source.ts'

export interface CodeGroup {
  /** Counts the page's groups from 1. */
  readonly number: number
  readonly startLine: number
  readonly endLine: number
}

export function findCodeGroups(source: PageSource, fences: readonly Span[]): readonly CodeGroup[] {
  const groups: CodeGroup[] = []
  const open: { readonly colons: number; readonly name: string; readonly line: number }[] = []
  let fence = 0
  const closeTo = (depth: number, line: number) => {
    for (const container of open.splice(depth)) {
      if (container.name !== 'code-group') continue
      groups.push({ number: groups.length + 1, startLine: container.line, endLine: line })
    }
  }
  for (let line = 1; line <= source.lineCount; line++) {
    while ((fences[fence]?.end.line ?? Number.POSITIVE_INFINITY) < line) fence++
    if ((fences[fence]?.start.line ?? Number.POSITIVE_INFINITY) <= line) continue
    const [, colons = '', name = ''] = /^[\s>]*(:{3,})\s*([\w-]*)/.exec(source.line(line)) ?? []
    if (colons === '') continue
    if (name !== '') open.push({ colons: colons.length, name, line })
    else {
      const depth = open.findLastIndex((container) => container.colons <= colons.length)
      if (depth !== -1) closeTo(depth, line)
    }
  }
  closeTo(0, source.lineCount + 1)
  return groups
    .toSorted((a, b) => a.startLine - b.startLine)
    .map((group, index) => ({ ...group, number: index + 1 }))
}

/** Maps lines to groups; call it with ascending lines. */
export function codeGroupsByLine(
  groups: readonly CodeGroup[],
): (line: number) => CodeGroup | undefined {
  let first = 0
  return (line) => {
    while ((groups[first]?.endLine ?? Number.POSITIVE_INFINITY) <= line) first++
    const group = groups[first]
    return group && group.startLine < line ? group : undefined
  }
}
