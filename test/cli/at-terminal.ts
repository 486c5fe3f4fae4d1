import { spawn } from 'node:child_process'
import { TerminalScreen } from '../support/terminal-screen.ts'
import { program } from './run-cli.ts'

export interface Seat {
  readonly cwd: string
  readonly columns: number
  readonly env?: Readonly<Record<string, string>>
}

/** A person at a terminal of the given width. */
export interface SeatedPerson {
  /** The terminal's content, from the program's first line. */
  screen(): string
  /**
   * Waits until the screen ends like this.
   * @throws After twenty seconds.
   */
  waitFor(end: RegExp): Promise<void>
  type(text: string): void
  /** Length of the output while nobody types. */
  quiet(ms: number): Promise<string>
  /**
   * Waits for the program's end.
   * @returns Its exit code.
   */
  ended(): Promise<number>
}

/** Runs the program on its own terminal. */
export function atTerminal(
  args: readonly string[],
  { cwd, columns, env = {} }: Seat,
): SeatedPerson {
  const words = [process.execPath, program, ...args].map((word) => `'${word}'`).join(' ')
  const child = spawn('script', ['-qec', `stty cols ${columns} rows 60; ${words}`, '/dev/null'], {
    cwd,
    env: {
      ...process.env,
      LANG: 'C.UTF-8',
      LC_ALL: 'C.UTF-8',
      TERM: 'xterm',
      NO_COLOR: '1',
      ...env,
    },
  })
  const screen = new TerminalScreen(columns)
  let bytes = ''
  const code = new Promise<number>((resolve) => {
    child.on('close', (status) => resolve(status ?? -1))
  })
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    bytes += text
    screen.write(text)
  })
  return {
    screen: () => screen.text,
    waitFor: async (end) => {
      const until = performance.now() + 20_000
      while (!end.test(screen.text)) {
        if (performance.now() > until) throw new Error(`${String(end)} is not in\n${screen.text}`)
        await pause(20)
      }
    },
    type: (text) => child.stdin.write(text),
    quiet: async (ms) => {
      const before = bytes.length
      await pause(ms)
      return bytes.slice(before)
    },
    ended: () => code,
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
