/** Quotes text as bash words, and translates regular expressions to bash's. */

/** One word for exactly this text, in single quotes, where no character is special. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** A text as one line, for a comment or a message. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

/** A literal text in an extended regular expression. */
export function literalEre(text: string): string {
  return text.replaceAll(/[.[\]{}()*+?^$|\\]/g, String.raw`\$&`)
}

const classes: Readonly<Record<string, string>> = {
  d: '0-9',
  w: 'A-Za-z0-9_',
  s: ' \t\n\f\r',
}

/** RE2's classes are ASCII, in every locale. */
const named: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  digit: '0-9',
  lower: 'a-z',
  space: ' \t\n\v\f\r',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
}

/**
 * Translates a regular expression from RE2's syntax to the extended one of bash and grep.
 *
 * @returns `undefined` if it uses features that these lack.
 */
export function ereOf(re2: string): string | undefined {
  let ere = ''
  for (let at = 0; at < re2.length;) {
    const rest = re2.slice(at)
    const [whole = rest.charAt(0)] =
      /^(?:\\.|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\(\?:|\(\?|[*+?}]\?)/s.exec(rest) ?? []
    const part = partOf(whole)
    if (part === undefined) return undefined
    ere += part
    at += whole.length
  }
  return ere
}

function partOf(part: string): string | undefined {
  if (part === '(?:') return '('
  if (part === '(?') return undefined
  // Laziness does not affect whether there is a match.
  if (/^[*+?}]\?$/.test(part)) return part.charAt(0)
  if (part.startsWith('[')) return classOf(part)
  if (!part.startsWith('\\')) return part
  const [, letter = ''] = part
  const members = classes[letter.toLowerCase()]
  if (members !== undefined)
    return letter === letter.toLowerCase() ? `[${members}]` : `[^${members}]`
  if (letter === 't') return '\t'
  return /[A-Za-z0-9]/.test(letter) ? undefined : literalEre(letter)
}

/** In a bracket of an extended expression, a backslash is literal. */
function classOf(part: string): string | undefined {
  let isWhole = true
  const members = part.replaceAll(/\\(.)|\[:(\w+):\]/gs, (_, letter = '', name?: string) => {
    if (name !== undefined) {
      isWhole &&= Object.hasOwn(named, name)
      return named[name] ?? ''
    }
    const known = classes[letter]
    if (known !== undefined) return known
    if (letter === 't') return '\t'
    if (/[A-Za-z0-9\]^\\[-]/.test(letter)) isWhole = false
    return letter
  })
  return isWhole ? members : undefined
}

/** A delimiter for a here-document that no line of the text equals. */
export function endMark(text: string): string {
  const lines = new Set(text.split('\n'))
  let mark = 'RUNBOOK_END'
  for (let number = 2; lines.has(mark); number++) mark = `RUNBOOK_END_${number}`
  return mark
}
