/**
 * Foreign text for a page. `{{` is escaped too, so that no template ever sees it.
 */

const marks: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '{': '&#123;',
}

/** Text or an attribute's value. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']|\{(?=\{)|(?<=\{)\{/g, (mark) => marks[mark] ?? mark)
}

/** Controls, bidi and zero-width characters: what hides or turns what a reader sees. */
const hidden =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu

/** Text that a host printed: a character that hides or turns text is drawn as its name. */
export function escapeOutput(text: string): string {
  return escapeHtml(text).replace(hidden, (mark) => `<i class="rb-control">${nameOf(mark)}</i>`)
}

/** Text that is copied: the character stays, isolated, with its name beside it. */
export function escapeCommand(text: string): string {
  return escapeHtml(text).replace(
    hidden,
    (mark) => `<bdi class="rb-control" data-name="${nameOf(mark)}">${mark}</bdi>`,
  )
}

function nameOf(mark: string): string {
  const code = mark.codePointAt(0) ?? 0
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
