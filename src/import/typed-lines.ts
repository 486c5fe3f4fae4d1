/** Lines at another program's prompt, as the dialog of the step before. */

import { typedAtProgram, typedOn, type TypedLine } from '../parse/program-prompts.ts'
import { readSimpleCommands } from '../parse/simple-commands.ts'
import { unwrap } from '../parse/unwrap.ts'

export interface Typed {
  /** The content of a `dialog` fence. */
  readonly dialog: string
  /** Lines that nobody types: what the program prints. */
  readonly printed: readonly string[]
}

export function readTyped(lines: readonly string[]): Typed {
  const turns: TypedLine[] = []
  const printed: string[] = []
  let begunAt: string | undefined
  for (const [at, line] of lines.entries()) {
    const previous = turns.at(-1)
    const next = lines[at + 1]
    const goesOn =
      begunAt === undefined || !previous
        ? undefined
        : typedOn(line, { prompt: begunAt, previous, next })
    const typed = goesOn ?? typedAtProgram(line)
    if (!typed) {
      if (line.trim() !== '' && !line.startsWith('# ')) printed.push(line)
      begunAt = undefined
      continue
    }
    begunAt = goesOn ? begunAt : typed.prompt
    turns.push(typed)
  }
  return { dialog: turns.map(({ prompt, answer }) => `${prompt} => ${answer}`).join('\n'), printed }
}

const programs: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:mysql|MySQL|MariaDB)/, /^(?:mysql|mariadb)$/],
  [/^[A-Za-z_]\w*[=-][#>]/, /^(?:psql|su)$/],
  [/^sqlite>/, /^sqlite3$/],
  [/:\d+>/, /^redis-cli$/],
  [/^>>>/, /^python[\d.]*$/],
]

/** Whether the last command of a block opens the program whose prompt this is. */
export function opensProgram(block: string, line: string): boolean {
  const last = readSimpleCommands(block).commands.at(-1)
  const typed = typedAtProgram(line)
  if (!last || !typed) return false
  const { program, words } = unwrap(last)
  const [, opener] = programs.find(([prompt]) => prompt.test(typed.prompt)) ?? []
  const isScripted = words.some((word) => /^(?:-e|--execute|-c|--command|-f)/.test(word))
  return opener ? opener.test(program) && !isScripted : typed.prompt.startsWith(program)
}
