import type { ShellReading } from '../parse/simple-commands.ts'

/** A range in a command's text. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** The parts of a command outside quotes, comments and here-documents. */
export function plainRanges(
  text: string,
  { commands }: Pick<ShellReading, 'commands'>,
): readonly Range[] {
  const bodies = commands.flatMap(({ hereDocs }) => hereDocs).toSorted((a, b) => a.start - b.start)
  const ranges: Range[] = []
  let start = 0
  let at = 0
  let body = 0
  const skipTo = (end: number) => {
    if (at > start) ranges.push({ start, end: at })
    at = Math.max(end, at + 1)
    start = at
  }
  while (at < text.length) {
    const doc = bodies[body]
    if (doc && at >= doc.start) {
      body++
      if (doc.end > at) skipTo(doc.end)
      continue
    }
    const character = text[at]
    if (character === '\\') at += 2
    else if (character === "'") skipTo(closing(text, at, "'"))
    else if (character === '"') skipTo(closing(text, at, '"'))
    else if (character === '#' && /^$|\s|[;&|(]/.test(text[at - 1] ?? '')) {
      const end = text.indexOf('\n', at)
      skipTo(end === -1 ? text.length : end)
    } else at++
  }
  if (text.length > start) ranges.push({ start, end: text.length })
  return ranges
}

/** The position after the closing quote. */
function closing(text: string, open: number, quote: string): number {
  for (let at = open + 1; at < text.length; at++) {
    if (quote === '"' && text[at] === '\\') at++
    else if (text[at] === quote) return at + 1
  }
  return text.length
}
