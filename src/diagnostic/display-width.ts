import { eastAsianWidth } from 'get-east-asian-width'

/** Columns that a terminal gives to a text: two for a Chinese character, none for a combining mark or a colour. */
export function displayWidth(text: string): number {
  // The rest needs Unicode's tables, which cost a start more than all that it draws.
  if (/^[ -~]*$/.test(text)) return text.length
  let width = 0
  for (const [drawn] of text.replaceAll(escapes, '').matchAll(cells)) {
    width += isJoined.test(drawn) ? 2 : eastAsianWidth(drawn.codePointAt(0) ?? 0)
  }
  return width
}

// oxlint-disable-next-line no-control-regex -- colours and links are what is looked for
const escapes = /\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|(?:\u001b\[|\u009b)[\d:;<=>?]*[@-~]/g

/** What fills cells: pictures that are joined to one, flags, keys, else each character that is drawn. */
const cells =
  /\p{RI}{2}|[\d#*]\ufe0f?\u20e3|\p{ExtPict}(?:[\ufe0f\p{EMod}\u{e0020}-\u{e007f}]|\u200d\p{ExtPict})*|[^\p{M}\p{Cc}\p{Cf}\p{Cs}\p{DI}\u1160-\u11ff]|\p{Mc}/gu
const isJoined = /^.[^]/u

/** Pads with blanks up to `width` columns; a longer text stays as it is. */
export function padDisplay(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

/** Cuts the middle out of a text that is wider than `width` columns, and marks the cut. */
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
