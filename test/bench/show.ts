/** One line of a bench: what was measured, what it is, and what it should be at least or at most. */
export function show(what: string, value: string, aim: string = ''): void {
  const wanted = aim === '' ? '' : `  (aim: ${aim})`
  process.stdout.write(`${what.padEnd(54)} ${value}${wanted}\n`)
}

export function times(ours: number, theirs: number): string {
  return `${(ours / theirs).toFixed(2)} ×`
}
