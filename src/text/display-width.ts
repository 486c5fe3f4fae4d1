import fastStringWidth from 'fast-string-width'

/**
 * Width in terminal columns: two for a Chinese character, none for a combining mark or a colour.
 */
export function displayWidth(text: string): number {
  return fastStringWidth(text)
}

/** Pads with blanks up to `width` columns; returns a longer text unchanged. */
export function padDisplay(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

/** Width of the widest text, but at least `least`. */
export function widest(texts: Iterable<string>, least = 0): number {
  let width = least
  for (const text of texts) width = Math.max(width, displayWidth(text))
  return width
}

/** Replaces the middle of a text that is wider than `width` columns by `mark`. */
export function cutMiddle(text: string, width: number, mark = '…'): string {
  if (displayWidth(text) <= width) return text
  const characters = Array.from(text)
  const room = Math.max(0, width - displayWidth(mark))
  const head = takeWidth(characters, Math.ceil(room / 2))
  const tail = takeWidth(characters.toReversed(), room - displayWidth(head.join('')))
  return head.join('') + mark + tail.toReversed().join('')
}

function takeWidth(characters: readonly string[], width: number): readonly string[] {
  let used = 0
  const end = characters.findIndex((character) => (used += displayWidth(character)) > width)
  return end === -1 ? characters : characters.slice(0, end)
}
