/**
 * Makes foreign text safe for terminals, logs and reports; nothing else does.
 *
 * A host, a page's author or a file name may send escape sequences that move the cursor, set the
 * clipboard or reverse the reading direction, and characters that are invisible. All of them are
 * drawn as escapes. Unicode properties select them, so the set grows with Node's Unicode version.
 */

/** Visible characters of category Cf: Arabic, Syriac and Kaithi signs before a number. */
const markedFormats = String.raw`\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}`

/** Assigned as symbols or marks, but blank in every font. */
const blankSymbols = String.raw`\u2800\uFFFC\u{13441}\u{13442}\u{16FE4}\u{1D159}`

/** Blanks of unusual widths. No-break blanks and the ideographic blank are drawn as they are. */
const oddBlanks = String.raw`\u1680\u2000-\u200A\u205F`

const hidden = String.raw`(?![${markedFormats}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}\p{Noncharacter_Code_Point}${blankSymbols}${oddBlanks}]`

/** Scripts in which a joiner changes the shape of neighbouring letters. */
const joining = (
  'Arab Syrc Mong Nkoo Thaa Adlm Rohg ' +
  'Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh ' +
  'Khmr Mymr Tibt Bali Java'
)
  .split(' ')
  .map((script) => String.raw`\p{sc=${script}}`)
  .join('')

/**
 * Where an invisible character affects what is seen: a variation selector after an emoji or in a
 * keycap, a joiner between two emoji, one joiner between two letters of a joining script.
 */
const seen = [
  String.raw`(?<=\p{ExtPict})[\uFE0E\uFE0F]`,
  String.raw`(?<=[0-9#*])\uFE0F(?=\u20E3)`,
  String.raw`(?<=\p{ExtPict}\uFE0F?|\p{Emoji_Modifier})\u200D(?=\p{ExtPict})`,
  String.raw`(?<=(?!\p{DI})[${joining}])[\u200C\u200D](?=(?!\p{DI})[${joining}])`,
].join('|')

const hasHidden = new RegExp(hidden, 'u')
const seenOrHidden = new RegExp(`(${seen})|${hidden}`, 'gu')

/** A fast first test: most texts are printable ASCII. */
const unusual = /[^ -~]/

/** Draws every control and invisible character of one line as an escape, and a tab as one blank. */
export function visibleText(text: string): string {
  if (!unusual.test(text) || !hasHidden.test(text)) return text
  return text.replaceAll(seenOrHidden, (character, kept) => kept ?? drawn(character))
}

/** Like `visibleText`, but keeps LF. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visibleText).join('\n')
}

/** JSON in which control and invisible characters are `\u` escapes; it parses to the same value. */
export function visibleJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, undefined, indent)
  if (!unusual.test(text)) return text
  return text.replaceAll(hiddenOfJson, (character) =>
    Array.from({ length: character.length }, (_, at) => unit(character.charCodeAt(at))).join(''),
  )
}

/** Keeps LF, the only control character that `JSON.stringify` leaves unescaped. */
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
