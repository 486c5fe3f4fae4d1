import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { program } from './run-cli.ts'

export interface TerminalOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** Width of the terminal. Default: 200. */
  readonly columns?: number
  /** How the screen ends while a question waits. */
  readonly ends: RegExp
}

/**
 * Runs the program on its own terminal.
 *
 * @param typed - The person's answers, a line for each question.
 * @returns The whole output, and `exit N` at its end.
 */
export function runAtTerminal(
  args: readonly string[],
  typed: string,
  { cwd, env = {}, columns = 200, ends }: TerminalOptions,
): Promise<string> {
  const words = [process.execPath, program, ...args].map((word) => `'${word}'`).join(' ')
  return new Promise((resolve) => {
    const child = spawn(
      'script',
      ['-qec', `stty cols ${columns}; ${words}; echo "exit $?"`, '/dev/null'],
      {
        cwd,
        env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TERM: 'xterm', ...env },
      },
    )
    let shown = ''
    const lines = typed.split('\n')
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text
      while (lines.length > 0 && ends.test(stripVTControlCharacters(shown))) {
        shown += '\u2190\n'
        child.stdin.write(`${lines.shift()}\n`)
      }
    })
    child.on('close', () => resolve(shown))
  })
}
