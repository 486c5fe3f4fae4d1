/**
 * The longest text that every match of an RE2 pattern contains, so that a host can filter lines;
 * empty if none is certain.
 */
export function requiredLiteral(pattern: string): string {
  let longest = ''
  let run = ''
  let depth = 0
  const close = () => {
    if (run.length > longest.length) longest = run
    run = ''
  }
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? ''
    // Give up on flags, which may fold case, and on rare groups.
    if (char === '(' && pattern[at + 1] === '?' && pattern[at + 2] !== ':') return ''
    if (char === '|' && depth === 0) return ''
    if (char === '\\') {
      const next = pattern[++at] ?? ''
      if (/[dDsSwWbBAz]/.test(next)) close()
      else if (/[\w\u0080-\uffff]/.test(next)) return ''
      else if (depth === 0) run += next
    } else if (char === '[') {
      const end = classEnd(pattern, at)
      if (end === undefined) return ''
      at = end
      close()
    } else if (char === '(' || char === ')') {
      depth += char === '(' ? 1 : -1
      close()
    } else if (depth > 0) continue
    else if (/[*?{]/.test(char)) {
      // An optional part is not required.
      run = withoutLast(run)
      close()
      at += (/^\{\d+(?:,\d*)?\}/.exec(pattern.slice(at, at + 20))?.[0].length ?? 1) - 1
    } else if (/[+.^$]/.test(char)) close()
    else run += char
  }
  close()
  // Bytes that are not UTF-8 decode to this character.
  return longest.includes('\ufffd') ? '' : longest
}

/** Drops a whole character, which may be two units. */
function withoutLast(text: string): string {
  return text.replace(/.$/su, '')
}

/** End of a class: skips a `]` that comes first, is escaped, or ends `[:alpha:]`. */
function classEnd(pattern: string, start: number): number | undefined {
  let at = start + 1
  if (pattern[at] === '^') at++
  if (pattern[at] === ']') at++
  for (; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++
    else if (pattern[at] === '[') return undefined
    else if (pattern[at] === ']') return at
  }
  return undefined
}
