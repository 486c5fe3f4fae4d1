/**
 * Quotes a reader's value for bash in place of `$NAME`.
 *
 * Runs at build time for defaults and in the browser for what a reader types: it has no imports,
 * and both give the same text. `undefined` means that no text is certainly right, so `$NAME` stays.
 */

/**
 * The context of `$NAME`, which decides what bash does with the value.
 * - `words`: bare in a command's words: split at blanks, then matched against file names.
 * - `name`: the same where a bare word could turn into syntax: a command's name, an array's
 * element, before `<` or `>`.
 * - `value`: bare in an assignment, `case` or `[[`: neither split nor matched.
 * - `word`: bare where more than one word is an error, such as a redirection's target.
 * - `double`: in double quotes.
 * - `heredoc`: in a here-document.
 * - `plain`: anywhere else; only a value without special characters is inserted.
 * - `raw`: in a block with `expand`, which no shell reads.
 */
export type QuoteMode = 'words' | 'name' | 'value' | 'word' | 'double' | 'heredoc' | 'plain' | 'raw'

/**
 * @param stop - The line that ends the here-document.
 * @returns The text to insert; `undefined`: keep `$NAME`.
 */
export function quoteValue(value: string, mode: QuoteMode, stop = ''): string | undefined {
  switch (mode) {
    case 'words':
    case 'name':
      return quoteWords(value, mode === 'name')
    case 'value':
      return isPlain(value) && !value.startsWith('-') ? value : quoteWhole(value)
    case 'word':
      if (value === '' || /[\s*?[]/.test(value)) return undefined
      return isPlain(value) && !/^\d+$/.test(value) ? value : quoteWhole(value)
    case 'double':
      // Interactive bash expands `!` inside double quotes too, and would keep a backslash before
      // it.
      return value.replace(/[\\"$`]/g, '\\$&').replaceAll('!', `"'!'"`)
    case 'heredoc':
      if (/[\t\n]/.test(value) || stop.includes(value)) return undefined
      return value.replace(/[\\$`]/g, '\\$&')
    case 'plain':
      return isPlain(value) ? value : undefined
    case 'raw':
      return value
    default:
      return mode satisfies never
  }
}

function isPlain(value: string): boolean {
  return /^[\w./:@%+,-]+$/.test(value)
}

function quoteWhole(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`
}

/** Splits and matches like bash: blanks separate words, `*`, `?` and `[` stay patterns. */
function quoteWords(value: string, isName: boolean): string | undefined {
  if (value === '') return undefined
  // A backslash or a quoted character inside a pattern would change its meaning.
  if (/[*?[\]]/.test(value) && value.includes('\\')) return undefined
  if (isName && /[[\]]/.test(value)) return undefined
  if (/[[\]]/.test(value) && /[^\w./:@%+,*?[\]\s-]/.test(value)) return undefined
  return (value.match(/[ \t\n]+|[*?[\]]+|[^ \t\n*?[\]]+/g) ?? [])
    .map((run) => {
      if (/^[ \t\n]/.test(run)) return ' '
      if (/^[*?[\]]/.test(run)) return run
      return isPlain(run) && !(isName && isSyntax(run)) ? run : quoteWhole(run)
    })
    .join('')
}

function isSyntax(word: string): boolean {
  return (
    !/^[\w./-]+$/.test(word) ||
    /^(?:\d+|if|then|else|elif|fi|do|done|case|esac|while|until|for|in|function|time|coproc|select)$/.test(
      word,
    )
  )
}
