/**
 * Bash source in TypeScript: backslashes stand as they are, and `\${` is bash's `${`.
 *
 * Kept in strings, not in files, so that the bundled program needs nothing beside it.
 */
export function bash(strings: TemplateStringsArray): string {
  return strings.raw.join('').replaceAll('\\${', '${').trimStart()
}
