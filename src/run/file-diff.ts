/** The change of a file, for people. */

import { formatPatch, structuredPatch } from 'diff'
import { fromBytes } from './byte-text.ts'

/** A longer diff helps nobody and is slow to compute. */
const maxEditLength = 2000

export interface FileDiff {
  /** `undefined` if too much differs. */
  readonly text: string | undefined
  readonly added: number
  readonly removed: number
}

/** @param before - One character a byte, like `after`; `undefined` if it was not read. */
export function diffFile(path: string, before: string | undefined, after: string): FileDiff {
  const [old, next] = [fromBytes(before ?? ''), fromBytes(after)]
  const patch = structuredPatch(path, path, old, next, '', '', { context: 3, maxEditLength })
  if (!patch) return { text: undefined, added: countLines(next), removed: countLines(old) }
  const lines = patch.hunks.flatMap((hunk) => hunk.lines)
  const added = lines.filter((line) => line.startsWith('+')).length
  const removed = lines.filter((line) => line.startsWith('-')).length
  return { text: formatPatch(patch), added, removed }
}

function countLines(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') || text === '' ? 1 : 0)
}
