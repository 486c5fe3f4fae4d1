/**
 * Bash source in TypeScript: backslashes stand as they are, and `\${` is bash's `${`. Comments and
 * indentation are for us: a host would read them each time.
 *
 * Kept in strings, not in files, so that the bundled program needs nothing beside it.
 */
export function bash(strings: TemplateStringsArray): string {
  const text = strings.raw.join('').replaceAll('\\${', '${')
  const lines = text.split('\n').map((line) => line.trimStart())
  return lines.filter((line) => line !== '' && !line.startsWith('#')).join('\n') + '\n'
}
