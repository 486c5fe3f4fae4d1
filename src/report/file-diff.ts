import { visibleText } from '../diagnostic/visible-text.ts'
import type { StampedEvent } from '../model/run-event.ts'
import type { Palette } from './style.ts'

const maxLines = 40

/** What changed in a file of the host, without the patch's head; empty for any other end. */
export function fileDiff(
  { status, diff }: StampedEvent & { readonly kind: 'step-ended' },
  palette: Palette,
): readonly string[] {
  if (status !== 'changed' || diff === undefined) return []
  const lines = diff
    .split('\n')
    .filter((line) => line !== '' && !/^(?:Index:|={3,}|--- |\+\+\+ |\\ No newline)/.test(line))
  const shown = lines.slice(0, maxLines).map((line) => {
    const text = visibleText(line)
    if (line.startsWith('+')) return palette.good(text)
    return line.startsWith('-') ? palette.bad(text) : palette.dim(text)
  })
  return lines.length > maxLines ? [...shown, palette.dim(`… ${lines.length - maxLines}`)] : shown
}
