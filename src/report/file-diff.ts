import { visibleText } from '../text/visible-text.ts'
import type { StampedEvent } from '../model/run-event.ts'
import type { Palette } from './style.ts'

const maxLines = 40

/**
 * The change of a file on the host, without the patch's header; empty for a step that changed no
 * file.
 */
export function fileDiff(
  { status, diff }: StampedEvent & { readonly kind: 'step-ended' },
  palette: Palette,
): readonly string[] {
  return status !== 'changed' || diff === undefined ? [] : diffLines(diff, palette)
}

/** A unified diff without its header. */
export function diffLines(diff: string, palette: Palette): readonly string[] {
  const all = diff.split('\n')
  // After the header a line may begin with `--- `: `-- ` starts a comment in SQL.
  const first = Math.max(
    0,
    all.findIndex((line) => line.startsWith('@@')),
  )
  const lines = all.slice(first).filter((line) => line !== '' && !line.startsWith('\\ No newline'))
  const shown = lines.slice(0, maxLines).map((line) => {
    const text = visibleText(line)
    if (line.startsWith('+')) return palette.good(text)
    return line.startsWith('-') ? palette.bad(text) : palette.dim(text)
  })
  return lines.length > maxLines ? [...shown, palette.dim(`… ${lines.length - maxLines}`)] : shown
}
