import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { applyEdits, type TextEdit } from '../text/apply-edits.ts'

export interface Fixed {
  readonly text: string
  /** What makes `text`; offsets count the byte order mark. */
  readonly edits: readonly TextEdit[]
  /** Those whose fix was made; two that overlap are not both. */
  readonly fixed: readonly Diagnostic[]
}

/**
 * Makes the fixes of one page. Every byte outside of them stays: line ends, a byte order mark, a
 * missing last newline.
 *
 * @param text - As on disk, with its byte order mark.
 */
export function applyFixes(text: string, diagnostics: readonly Diagnostic[]): Fixed {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : ''
  const body = text.slice(mark.length)
  const fixed: Diagnostic[] = []
  const edits: TextEdit[] = []
  for (const diagnostic of diagnostics) {
    const wanted = diagnostic.fix?.edits ?? []
    const overlaps = wanted.some((edit) =>
      edits.some(
        (other) => (edit.start < other.end && other.start < edit.end) || edit.start === other.start,
      ),
    )
    if (wanted.length === 0 || overlaps) continue
    fixed.push(diagnostic)
    for (const edit of wanted) edits.push(edit)
  }
  const shifted = edits.map(({ start, end, text: next }) => ({
    start: mark.length + start,
    end: mark.length + end,
    text: next,
  }))
  return { text: mark + applyEdits(body, edits), edits: shifted, fixed }
}
