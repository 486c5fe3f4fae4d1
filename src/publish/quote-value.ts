/**
 * A reader's value as bash must read it in the place of `$NAME`.
 *
 * Runs at build time for defaults and in the browser for what a reader types: no imports, and the
 * same text from both. `undefined` means that no text is surely right; `$NAME` stays.
 */

/**
 * Where `$NAME` stands, which decides what bash does with the value.
 *
 * - `words`: bare in a command's words: split at blanks, then matched against file names.
 * - `name`: the same where a bare word could turn into syntax: a command's name, an array's
 *   element, before `<` or `>`.
 * - `value`: bare in an assignment, `case` or `[[`: neither split nor matched.
 * - `word`: bare where more than one word is an error, such as a redirection's target.
 * - `double`: in double quotes.
 * - `heredoc`: in a here-document.
 * - `plain`: anywhere else; only a value without a special character is put there.
 * - `raw`: in a block with `expand`, where no shell reads it.
 */
export type QuoteMode = 'words' | 'name' | 'value' | 'word' | 'double' | 'heredoc' | 'plain' | 'raw'

/**
 * @param stop - In a here-document the line that ends it.
 * @returns What stands for `$NAME`; `undefined`: leave it.
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
      // An interactive bash expands `!` in double quotes too, and a backslash there would stay.
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

/** Splits and matches as bash would: blanks part words, `*`, `?` and `[` stay patterns. */
function quoteWords(value: string, isName: boolean): string | undefined {
  if (value === '') return undefined
  // A backslash or a quoted character inside a pattern would mean something else.
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
