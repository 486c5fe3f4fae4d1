/** Recognises a line at which a program waits for an answer. */

/** Ends as questions end: `Password: `, `Continue? `, `[y/N] `, `mysql> `. */
const endings = /(?:[:?>]|[[(]\s*y(?:es)?\s*[/|]\s*no?\b[^\])]*[\])])\s*$/i

/** Cursor movement and colours, which a prompt may end with. */
// oxlint-disable-next-line no-control-regex -- escape sequences are what is looked for
const escapes = /\u001b(?:\[[0-9;?]*[A-Za-z]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[()][A-Z0-9])/g

export function looksLikeQuestion(line: string): boolean {
  const plain = line.replaceAll(escapes, '')
  return plain.trim() !== '' && endings.test(plain)
}

const keptChars = 4096

/** The unfinished last line after `text` was printed behind `line`; bounded. */
export function lastLine(line: string, text: string): string {
  // What is farther back matters only where the end of it is one line.
  const end = text.slice(-keptChars)
  const at = Math.max(end.lastIndexOf('\n'), end.lastIndexOf('\r'))
  const next = at < 0 ? line + end : end.slice(at + 1)
  return next.slice(-keptChars)
}
