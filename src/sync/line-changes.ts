/** Splits a changed expectation into single lines, so that a person can accept some of them. */

import type { SyncedLine } from './synced-lines.ts'

/** A line that is replaced, removed or added. */
export interface LineChange {
  readonly removed: string | undefined
  readonly added: string | undefined
}

type Part =
  | { readonly kind: 'kept'; readonly line: number }
  | {
      readonly kind: 'change'
      /** Index of the author's line. */
      readonly removed: number | undefined
      readonly added: (SyncedLine & { readonly kind: 'new' }) | undefined
    }

/** @param own - The author's lines. */
export function lineChanges(
  own: readonly string[],
  lines: readonly SyncedLine[],
): readonly LineChange[] {
  return partsOf(own.length, lines).flatMap((part) =>
    part.kind === 'kept'
      ? []
      : [
          {
            removed: part.removed === undefined ? undefined : own[part.removed],
            added: part.added?.text,
          },
        ],
  )
}

/** @param isWanted - By index in `lineChanges`; the author's line stays where it is `false`. */
export function wantedLines(
  own: readonly string[],
  lines: readonly SyncedLine[],
  isWanted: (index: number) => boolean,
): readonly SyncedLine[] {
  let index = 0
  return partsOf(own.length, lines).flatMap((part): readonly SyncedLine[] => {
    if (part.kind === 'kept') return [part]
    if (isWanted(index++)) return part.added ? [part.added] : []
    return part.removed === undefined ? [] : [{ kind: 'kept', line: part.removed }]
  })
}

/** Between two kept lines, the first removed line belongs to the first added one, and so on. */
function partsOf(count: number, lines: readonly SyncedLine[]): readonly Part[] {
  const parts: Part[] = []
  let at = 0
  let added: (SyncedLine & { readonly kind: 'new' })[] = []
  const closeUpTo = (line: number) => {
    const removed = Array.from({ length: Math.max(0, line - at) }, (_, index) => at + index)
    const length = Math.max(removed.length, added.length)
    for (let index = 0; index < length; index++)
      parts.push({ kind: 'change', removed: removed[index], added: added[index] })
    added = []
  }
  for (const line of lines) {
    if (line.kind === 'new') added.push(line)
    else {
      closeUpTo(line.line)
      parts.push(line)
      at = line.line + 1
    }
  }
  closeUpTo(count)
  return parts
}
