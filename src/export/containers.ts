/**
 * VitePress's containers (`::: tip`) as block quotes with a mark, which other viewers draw, too.
 *
 * Each line becomes one line, but for the first of a container.
 */

const kinds = [
  'tip',
  'info',
  'note',
  'important',
  'warning',
  'danger',
  'caution',
  'details',
] as const

export type ContainerKind = (typeof kinds)[number]

export function containerKind(word: string): ContainerKind | undefined {
  const name = word.toLowerCase()
  return kinds.find((kind) => kind === name)
}

interface Open {
  readonly colons: number
  readonly isQuote: boolean
}

/**
 * @param isFenced - Whether a line, from 1, belongs to a fence.
 * @param mark - The first lines of a quote; the lines stay at their numbers where it is one.
 */
export function quoteContainers(
  text: string,
  isFenced: (line: number) => boolean,
  mark: (kind: ContainerKind, title: string) => readonly string[],
): string {
  const open: Open[] = []
  const lines = text.split('\n').map((line, index) => {
    const found = isFenced(index + 1) ? null : /^([\s>]*)(:{3,})[ \t]*(.*?)\s*$/.exec(line)
    if (!found) return quoted(line, open)
    const [, indent = '', colons = '', rest = ''] = found
    if (rest === '') {
      const at = open.findLastIndex((each) => each.colons <= colons.length)
      if (at === -1) return line
      open.splice(at)
      // Ends the quote: a line behind it would go on with it.
      return open.some(({ isQuote }) => isQuote) ? quoted('', open) : indent.trimEnd()
    }
    const [, word = '', title = ''] = /^([\w-]+)[ \t]*(.*)$/.exec(rest) ?? []
    const kind = containerKind(word)
    const isQuote = kind !== undefined
    const first = isQuote
      ? mark(kind, plainTitle(title)).map((each) => quoted(`${indent}> ${each}`.trimEnd(), open))
      : [quoted('', open)]
    open.push({ colons: colons.length, isQuote })
    return first.join('\n')
  })
  return lines.join('\n')
}

/** Without attributes: `Careful {open}`. */
function plainTitle(title: string): string {
  return title.replace(/\s*\{[^}]*\}\s*$/, '')
}

function quoted(line: string, open: readonly Open[]): string {
  const depth = open.filter(({ isQuote }) => isQuote).length
  if (depth === 0) return line
  return `${'> '.repeat(depth)}${line}`.trimEnd()
}
