/**
 * The one place where foreign text is made harmless for a terminal, a log or a report.
 *
 * A host, a page's author or a file name may carry escape sequences that move the cursor, set the
 * clipboard or turn the reading direction, and characters that leave no mark on the screen. Every
 * one of them is drawn as an escape. Unicode's properties say which they are, so that the set
 * grows with Node's Unicode version.
 */

/** Cf that leave a mark: Arabic, Syriac and Kaithi signs that stand before a number. */
const markedFormats = String.raw`\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}`

/** Assigned as symbols or marks, and blank in every font. */
const blankSymbols = String.raw`\u2800\uFFFC\u{13441}\u{13442}\u{16FE4}\u{1D159}`

/** Blanks of odd widths. The no-break blanks and the ideographic one are honest, and take room. */
const oddBlanks = String.raw`\u1680\u2000-\u200A\u205F`

const hidden = String.raw`(?![${markedFormats}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}\p{Noncharacter_Code_Point}${blankSymbols}${oddBlanks}]`

/** Scripts in which a joiner changes the shape of the letters beside it. */
const joining = (
  'Arab Syrc Mong Nkoo Thaa Adlm Rohg ' +
  'Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh ' +
  'Khmr Mymr Tibt Bali Java'
)
  .split(' ')
  .map((script) => String.raw`\p{sc=${script}}`)
  .join('')

/**
 * Where an invisible character is part of what is seen: a variation selector right after an emoji
 * or in a keycap, a joiner between two emoji, one joiner between two letters of a joining script.
 */
const seen = [
  String.raw`(?<=\p{ExtPict})[\uFE0E\uFE0F]`,
  String.raw`(?<=[0-9#*])\uFE0F(?=\u20E3)`,
  String.raw`(?<=\p{ExtPict}\uFE0F?|\p{Emoji_Modifier})\u200D(?=\p{ExtPict})`,
  String.raw`(?<=(?!\p{DI})[${joining}])[\u200C\u200D](?=(?!\p{DI})[${joining}])`,
].join('|')

const hasHidden = new RegExp(hidden, 'u')
const seenOrHidden = new RegExp(`(${seen})|${hidden}`, 'gu')

/** Most texts have none of this, and are told apart faster by it. */
const unusual = /[^ -~]/

/** Draws every control and invisible character of one line as an escape; a tab becomes one blank. */
export function visibleText(text: string): string {
  if (!unusual.test(text) || !hasHidden.test(text)) return text
  return text.replaceAll(seenOrHidden, (character, kept) => kept ?? drawn(character))
}

/** As `visibleText`, for a text of several lines: LF stays. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visibleText).join('\n')
}

/** JSON whose strings hold no control and no invisible character as such; any reader reads the same. */
export function visibleJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, undefined, indent)
  if (!unusual.test(text)) return text
  return text.replaceAll(hiddenOfJson, (character) =>
    Array.from({ length: character.length }, (_, at) => unit(character.charCodeAt(at))).join(''),
  )
}

/** JSON's own line ends are the only control characters that are left in it. */
const hiddenOfJson = new RegExp(String.raw`(?!\n)${hidden}`, 'gu')

function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`
}

function drawn(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (character === '\t') return ' '
  if (code < 0x20 || (code >= 0x7f && code < 0xa0))
    return `\\x${code.toString(16).padStart(2, '0')}`
  return `\\u{${code.toString(16)}}`
}
