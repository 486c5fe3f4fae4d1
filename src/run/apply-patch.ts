/**
 * Applies a unified diff to a file, or detects that it is already applied.
 *
 * The whole context must match; only line numbers may differ. Context lines keep the file's bytes
 * and line ends. If the reversed patch fits, the patch is already applied.
 */

import { messages } from './messages.ts'
import { reasonOf } from '../diagnostic/reason-of.ts'
import { parsePatch, type StructuredPatch } from 'diff'
import { FileLines, type FileLine } from './file-lines.ts'
import { FileProblem } from './file-problem.ts'

interface PatchLine {
  readonly text: string
  /** Whether the patch marks the missing final newline. */
  readonly isUnended: boolean
}

interface Hunk {
  readonly oldStart: number
  readonly newStart: number
  readonly edits: readonly { readonly mark: ' ' | '+' | '-'; readonly line: PatchLine }[]
}

/** One way to apply a patch: forward or reversed. */
interface Fit {
  /** Line of each hunk, from 0. */
  readonly places: readonly number[]
  /** Whether every hunk is at the patch's own line number. */
  readonly isExact: boolean
}

/**
 * @param before - One character a byte; `undefined` if the file does not exist.
 * @param patch - Likewise.
 * @returns The new bytes; equal to `before` if the patch is already applied.
 * @throws {FileProblem}
 */
export function applyPatch(before: string | undefined, patch: string): string {
  const hunks = readHunks(patch)
  const file = new FileLines(before ?? '')
  const forward = fit(file, hunks)
  const back = before === undefined ? undefined : fit(file, hunks.map(reversed))
  if (forward && back && !forward.isExact && !back.isExact) throw new FileProblem('patch-unclear')
  if (back && (back.isExact || !forward)) return before ?? ''
  if (!forward) throw whyUnfit(file, hunks)
  for (let index = hunks.length - 1; index >= 0; index--) {
    const [hunk, place] = [hunks[index], forward.places[index]]
    if (hunk && place !== undefined) replace(file, hunk, place)
  }
  return file.toString()
}

function readHunks(text: string): readonly Hunk[] {
  let patches: readonly StructuredPatch[]
  try {
    patches = parsePatch(text)
  } catch (error) {
    throw new FileProblem('no-patch', reasonOf(error))
  }
  const [patch, more] = patches.filter(({ hunks }) => hunks.length > 0)
  if (!patch) throw new FileProblem('no-patch', messages.noHunk)
  if (more) throw new FileProblem('no-patch', messages.severalFiles(patches.length))
  if (patch.newFileName === '/dev/null') throw new FileProblem('no-patch', '/dev/null')
  return patch.hunks.map(({ oldStart, newStart, lines }) => ({
    oldStart,
    newStart,
    edits: lines.flatMap((line, index) => {
      const mark = line[0]
      if (mark !== ' ' && mark !== '+' && mark !== '-') return []
      const isUnended = lines[index + 1]?.startsWith('\\') === true
      return [{ mark, line: { text: line.slice(1).replace(/\r$/, ''), isUnended } } as const]
    }),
  }))
}

function reversed({ oldStart, newStart, edits }: Hunk): Hunk {
  const opposite = { ' ': ' ', '+': '-', '-': '+' } as const
  return {
    oldStart: newStart,
    newStart: oldStart,
    edits: edits.map(({ mark, line }) => ({ mark: opposite[mark], line })),
  }
}

/** The lines that the file must contain. */
function oldLines({ edits }: Hunk): readonly PatchLine[] {
  return edits.filter(({ mark }) => mark !== '+').map(({ line }) => line)
}

/** Lines for all hunks in order, each as near as possible to its expected line. */
function fit(file: FileLines, hunks: readonly Hunk[]): Fit | undefined {
  const places: number[] = []
  let shift = 0
  let from = 0
  let isExact = true
  for (const hunk of hunks) {
    const expected = hunk.oldStart - 1 + shift
    const place = findPlace(file, hunk, expected, from)
    if (place === undefined) return undefined
    if (place !== hunk.oldStart - 1) isExact = false
    shift = place - (hunk.oldStart - 1)
    from = place + oldLines(hunk).length
    places.push(place)
  }
  return { places, isExact }
}

function findPlace(
  file: FileLines,
  hunk: Hunk,
  expected: number,
  from: number,
): number | undefined {
  const wanted = oldLines(hunk)
  const { lines } = file
  const saysEnd = hunk.edits.some(({ line }) => line.isUnended)
  const last = lines.length - wanted.length
  // A hunk without context fits at one line only.
  if (wanted.length === 0) return expected >= from && expected <= last ? expected : undefined
  const matches = (place: number): boolean =>
    wanted.every((line, index) => {
      const found = lines[place + index]
      if (found?.text !== line.text) return false
      const isLast = index === wanted.length - 1
      return !(saysEnd && isLast) || (found.end === '') === line.isUnended
    })
  for (let distance = 0; distance <= lines.length; distance++) {
    for (const place of distance === 0 ? [expected] : [expected - distance, expected + distance]) {
      if (place >= from && place <= last && matches(place)) return place
    }
  }
  return undefined
}

function replace(file: FileLines, hunk: Hunk, place: number): void {
  const lines: FileLine[] = []
  let at = place
  for (const { mark, line } of hunk.edits) {
    const old = file.lines[at]
    if (mark !== '+') at++
    if (mark === ' ' && old) lines.push(old)
    if (mark === '+') lines.push({ text: line.text, end: line.isUnended ? '' : file.newline })
  }
  file.spliceLines(place, at - place, lines)
}

/** Names the first hunk that does not fit, and reports a partly applied patch. */
function whyUnfit(file: FileLines, hunks: readonly Hunk[]): FileProblem {
  const isThere = hunks.map((hunk) => fit(file, [reversed(hunk)]) !== undefined)
  const fits = hunks.map((hunk) => fit(file, [hunk]) !== undefined)
  const applied = hunks.flatMap((_, index) => (isThere[index] && !fits[index] ? [index + 1] : []))
  const open = hunks.flatMap((_, index) => (isThere[index] ? [] : [index + 1]))
  if (applied.length > 0 && open.length > 0)
    return new FileProblem('patch-partly', applied.join(', '), open.join(', '))
  const unfit = Math.max(0, fits.indexOf(false))
  return new FileProblem('patch-unfit', String(unfit + 1), String(hunks[unfit]?.oldStart ?? 1))
}
