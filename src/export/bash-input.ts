import { endMark, quoted } from './bash-words.ts'

/** A text as standard input; each `${NAME}` of a declared name is replaced by its value. */
export function input(text: string, names: ReadonlySet<string> | undefined): string {
  const parts = names === undefined ? [text] : text.split(/(\$\{[A-Za-z_]\w*\})/)
  const isValue = (part: string) => names?.has(part.slice(2, -1)) === true && part.startsWith('${')
  if (!parts.some(isValue)) {
    const mark = endMark(text)
    return `<<'${mark}'\n${text}\n${mark}`
  }
  const words = parts.map((part) => (isValue(part) ? `"\${${part.slice(2, -1)}-}"` : quoted(part)))
  return `< <(printf '%s\\n' ${words.join('')})`
}
