/**
 * Shows invisible characters of a differing line as escapes.
 *
 * Tabs stay tabs if both lines have the same number of them, so tables keep their form.
 */

const invisible =
  /[\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff\ufff9-\ufffd]/g

export function showInvisible(text: string, other: string): string {
  const shown = text.replaceAll(invisible, escaped)
  return tabs(text) === tabs(other) ? shown : shown.replaceAll('\t', '\\t')
}

function tabs(text: string): string {
  return text.replaceAll(/[^\t]/g, '')
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}
