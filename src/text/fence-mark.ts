/** A Markdown fence's mark for a content: longer than any run of backticks that could close it. */
export function fenceMark(content: string): string {
  const runs = [...content.matchAll(/^[ \t>]*(`{3,})/gm)].map(([, run = '']) => run.length)
  return '`'.repeat(Math.max(2, ...runs) + 1)
}
