/**
 * A host's output line for a person's terminal. Keeps colours, bold and underline on a terminal and
 * no other control sequence, and resets each style after its text.
 */

import { displayWidth } from '../text/display-width.ts'
import { visibleText } from '../text/visible-text.ts'
import type { StyledText } from '../match/render-screen.ts'
import type { Palette } from './style.ts'

/** @param plain - Draws text without a style. */
export function hostLine(
  line: readonly StyledText[],
  { hostColours }: Pick<Palette, 'hostColours'>,
  plain: (text: string) => string = (text) => text,
): string {
  return line
    .map(({ text, codes }) =>
      codes === '' || !hostColours
        ? plain(visibleText(text))
        : `\u001b[${codes}m${visibleText(text)}\u001b[0m`,
    )
    .join('')
}

/** Like `cutMiddle`, for a styled line; the mark of the cut has no style. */
export function cutHostLine(line: readonly StyledText[], width: number): readonly StyledText[] {
  const whole = line.map(({ text }) => visibleText(text)).join('')
  if (displayWidth(whole) <= width) return line
  const cells = line.flatMap(({ text, codes }) =>
    Array.from(visibleText(text), (character) => ({ text: character, codes })),
  )
  const room = Math.max(0, width - 1)
  const head = takeWidth(cells, Math.ceil(room / 2))
  const used = displayWidth(head.map(({ text }) => text).join(''))
  const tail = takeWidth(cells.toReversed(), room - used).toReversed()
  return joined([...head, { text: '…', codes: '' }, ...tail])
}

function takeWidth(cells: readonly StyledText[], width: number): readonly StyledText[] {
  let used = 0
  const end = cells.findIndex(({ text }) => (used += displayWidth(text)) > width)
  return end === -1 ? cells : cells.slice(0, end)
}

/** Merges neighbours of the same style. */
function joined(cells: readonly StyledText[]): readonly StyledText[] {
  const parts: { text: string; readonly codes: string }[] = []
  for (const { text, codes } of cells) {
    const last = parts.at(-1)
    if (last?.codes === codes) last.text += text
    else parts.push({ text, codes })
  }
  return parts
}
