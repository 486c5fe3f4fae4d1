/** Escapes foreign text for a page, including `{{`, so that Vue sees no template. */

const marks: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '{': '&#123;',
}

/** Escapes text, or an attribute's value. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']|\{(?=\{)|(?<=\{)\{/g, (mark) => marks[mark] ?? mark)
}

/** Control, bidi and zero-width characters, which hide or reorder text. */
const hidden =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu

/** Escapes a host's output; draws a character that hides or reorders text as its name. */
export function escapeOutput(text: string): string {
  return escapeHtml(text).replace(hidden, (mark) => `<i class="rb-control">${nameOf(mark)}</i>`)
}

/** Escapes text that is copied: keeps such characters, isolated, with their name beside them. */
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
