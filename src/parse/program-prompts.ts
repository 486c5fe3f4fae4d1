/** Prompts of programs other than shells, and their continuation prompts. */

/** A line that starts with a prompt, and the input after it. */
export interface TypedLine {
  readonly prompt: string
  readonly answer: string
}

/** Prompts that look alike, and the continuation prompts of the programs that print them. */
interface PromptKind {
  /** Groups: the prompt with its blank, the input. */
  readonly pattern: RegExp
  /** Groups as above; the blank may be missing before empty input. `undefined`: one line only. */
  readonly goesOn: RegExp | undefined
}

const kinds: readonly PromptKind[] = [
  // Python: an empty line at `...` ends a block.
  { pattern: /^(>>> )(.*)$/, goesOn: /^(\.\.\.)(?: (.*)|$)/ },
  {
    pattern: /^((?:mysql|MySQL|MariaDB)(?: ?\[[^\]]{0,60}\]| ?\([^)]{0,60}\))?> )(.*)$/,
    goesOn: /^( {1,30}(?:-|'|"|`|\/\*)>)(?: (.*)|$)/,
  },
  // psql: `shop=# ` continues at `shop-# `, inside quotes and brackets at `shop'# `, `shop(# `.
  { pattern: /^([A-Za-z_]\w*=[#>] )(.*)$/, goesOn: /^([A-Za-z_]\w*[-'"($*][#>])(?: (.*)|$)/ },
  { pattern: /^(sqlite> )(.*)$/, goesOn: /^( {3}\.\.\.>)(?: (.*)|$)/ },
  {
    pattern: /^((?:[\w.-]{1,60}:\d+|irb\([^)]{1,60}\):\d+(?::\d+)?)[>*] )(.*)$/,
    goesOn: undefined,
  },
  {
    pattern: /^([A-Za-z][\w-]*(?: ?(?:\[[^\]]{0,60}\]|\([^)]{0,60}\)))?> )(.*)$/,
    goesOn: /^(\.\.\.)(?: (.*)|$)/,
  },
]

/** The input at another program's prompt; `undefined` for any other line. */
export function typedAtProgram(line: string): TypedLine | undefined {
  for (const { pattern } of kinds) {
    const found = typedBy(pattern, line)
    if (found) return found
  }
  return undefined
}

/**
 * Input that continues the line before.
 *
 * @param prompt - Prompt of the input's first line.
 * @param next - The next line: a lone `...` is a hole unless input continues on both sides.
 */
export function typedOn(
  line: string,
  { prompt, previous, next }: { prompt: string; previous: TypedLine; next: string | undefined },
): TypedLine | undefined {
  const goesOn = kinds.find(({ pattern }) => pattern.test(`${prompt} `))?.goesOn
  const found = goesOn && typedBy(goesOn, line)
  if (!found || line.trimEnd() !== '...') return found
  const isInside = previous.prompt === '...' && previous.answer !== ''
  return isInside || (next !== undefined && /^\.\.\. +\S/.test(next)) ? found : undefined
}

function typedBy(pattern: RegExp, line: string): TypedLine | undefined {
  const [, prompt, answer = ''] = pattern.exec(line) ?? []
  return prompt === undefined ? undefined : { prompt: prompt.trimEnd(), answer }
}
