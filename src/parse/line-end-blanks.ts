import type { ShellReading, ShellWord } from './simple-commands.ts'

/**
 * Finds lines that end in `\` and blanks: the author meant a continuation, but bash reads an
 * escaped blank. Inside quotes and here-documents such a `\` is text.
 */
export function lineEndBlanks(
  text: string,
  { commands }: ShellReading,
): readonly { readonly start: number; readonly end: number }[] {
  if (!/\\[ \t]+(?:\n|$)/.test(text)) return []
  const words = commands.flatMap(({ name, args, redirects }): readonly ShellWord[] => [
    name,
    ...args,
    ...redirects.flatMap(({ target }) => target ?? []),
  ])
  return words.flatMap((word) => {
    const isOpen = /(?:^|[^\\])(?:\\\\)*\\[ \t]$/.test(word.text)
    const [blanks] = /^[ \t]*(?=\n|$)/.exec(text.slice(word.end)) ?? []
    if (!isOpen || blanks === undefined) return []
    return [{ start: word.end - 2, end: word.end + blanks.length }]
  })
}
