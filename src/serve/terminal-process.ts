/**
 * A person's shell at a pseudo-terminal of its own, which `script` of util-linux holds. Bytes go in and
 * out as they are; they are neither logged nor kept.
 */

import { spawn } from 'node:child_process'

export interface TerminalSize {
  readonly columns: number
  readonly rows: number
}

/** Output that nobody has read yet, at most; then the shell waits. */
const maxUnread = 1024 * 1024

export class TerminalProcess {
  readonly #child
  /** Wakes the reader. */
  #wake: () => void = () => {}
  readonly #unread: Uint8Array[] = []
  #isOver = false

  /** @param words - The program and its words; they pass through the environment, not through a shell's text. */
  constructor(words: readonly string[], cwd: string, { columns, rows }: TerminalSize) {
    const [program = '', ...rest] = words
    const named = Object.fromEntries(rest.map((word, index) => [`RUNBOOK_TERMINAL_${index}`, word]))
    const references = rest.map((_, index) => `"$RUNBOOK_TERMINAL_${index}"`).join(' ')
    this.#child = spawn(
      'script',
      ['-qfec', `stty rows "$ROWS" cols "$COLS"; exec "$PROGRAM" ${references}`, '/dev/null'],
      {
        cwd,
        env: {
          ...process.env,
          ...named,
          PROGRAM: program,
          ROWS: String(rows),
          COLS: String(columns),
          SHELL: '/bin/sh',
          TERM: 'xterm-256color',
        },
        stdio: ['pipe', 'pipe', 'ignore'],
        detached: true,
      },
    )
    this.#child.stdin.on('error', () => {})
    this.#child.stdout.on('data', (bytes: Buffer) => this.#take(bytes))
    this.#child.on('close', () => this.#end())
    this.#child.on('error', (error) => {
      this.#take(Buffer.from(`${error.message}\r\n`))
      this.#end()
    })
  }

  get isOver(): boolean {
    return this.#isOver
  }

  type(bytes: Uint8Array): void {
    this.#child.stdin.write(bytes)
  }

  /** Yields the output until the shell is over. */
  async *output(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const bytes = this.#unread.shift()
      if (bytes) {
        if (this.#unread.length === 0) this.#child.stdout.resume()
        yield bytes
      } else if (this.#isOver) return
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
    }
  }

  /** As closing a terminal's window. */
  close(): void {
    if (!this.#isOver) this.#child.kill('SIGTERM')
    this.#end()
  }

  #take(bytes: Uint8Array): void {
    this.#unread.push(bytes)
    const waiting = this.#unread.reduce((sum, each) => sum + each.length, 0)
    if (waiting > maxUnread) this.#child.stdout.pause()
    this.#wake()
  }

  #end(): void {
    this.#isOver = true
    this.#wake()
  }
}
