/**
 * The one place where foreign text is made harmless for a terminal or a page.
 *
 * A host, a page's author or a file name may carry escape sequences that move the cursor, set the
 * clipboard or turn the reading direction; none of them may act where we show it.
 */

// Unicode's bidi controls, zero-width characters, line separators and the byte order mark.
const invisible = /[\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/

/** What is drawn as something else; most texts have none of it. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const drawn = new RegExp(`[\\u0000-\\u001F\\u007F-\\u009F]|${invisible.source}`)

/** Most texts have none of this either, and are told apart faster by it. */
const unusual = /[^ -~]/

/** Draws every control and invisible character as an escape; a tab becomes one blank. */
export function visibleText(text: string): string {
  if (!unusual.test(text) || !drawn.test(text)) return text
  return Array.from(text, visibleCharacter).join('')
}

function visibleCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (character === '\t') return ' '
  if (code < 0x20 || (code >= 0x7f && code < 0xa0))
    return `\\x${code.toString(16).padStart(2, '0')}`
  if (invisible.test(character)) return `\\u{${code.toString(16)}}`
  return character
}
