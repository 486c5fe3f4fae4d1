import type { Diagnostic } from '../diagnostic/diagnostic.ts'

export interface Fixed {
  readonly text: string
  /** What makes `text`; offsets count the byte order mark. */
  readonly edits: readonly { readonly start: number; readonly end: number; readonly text: string }[]
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
  const edits: { start: number; end: number; text: string }[] = []
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
  let result = ''
  let at = 0
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    result += body.slice(at, edit.start) + edit.text
    at = edit.end
  }
  const shifted = edits.map(({ start, end, text: next }) => ({
    start: mark.length + start,
    end: mark.length + end,
    text: next,
  }))
  return { text: mark + result + body.slice(at), edits: shifted, fixed }
}
