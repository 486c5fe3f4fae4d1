/** Draws the changes of a sync as a diff. */

import { createTwoFilesPatch } from 'diff'
import { visibleText } from '../../text/visible-text.ts'
import { paletteOf } from '../output.ts'
import type { Page } from './pages.ts'

/** @param next - The page's text with the changes. */
export function renderChanges(
  { file, source }: Pick<Page, 'file' | 'source'>,
  { text: next }: { readonly text: string },
): string {
  if (next === source) return ''
  const palette = paletteOf(process.stdout)
  const patch = createTwoFilesPatch(file, file, source, next, 'page', 'recorded', { context: 2 })
  const lines = patch
    .split('\n')
    .slice(1)
    .map((line) => {
      const shown = visibleText(line)
      if (line.startsWith('+')) return palette.good(shown)
      return line.startsWith('-') ? palette.bad(shown) : shown
    })
  return lines.map((line) => `${line}\n`).join('')
}
