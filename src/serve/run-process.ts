/**
 * Runs `runbook exec … --control` as a separate process that survives this server. Its events are in
 * the journal; questions and answers pass through its descriptor 3.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import type { Duplex } from 'node:stream'
import * as z from 'zod/mini'

export interface OpenQuestion {
  readonly id: number
  /** The question as the run sent it; see docs/SERVE.md. */
  readonly question: unknown
}

/** How a process ended, with the end of its standard error. */
export interface NotStarted {
  readonly exit: number | null
  readonly text: string
}

const maxTail = 64 * 1024

export class RunProcess {
  /** Resolves with the run's id, or with how the process ended before it had one. */
  readonly started: Promise<{ readonly run: string } | NotStarted>
  readonly #child: ChildProcess
  readonly #channel: Duplex
  readonly #questions = new Map<number, OpenQuestion>()
  readonly #listeners = new Set<() => void>()
  #isOver = false
  #tail = ''

  /** @param command - The program and its words. */
  constructor(
    command: readonly string[],
    options: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
  ) {
    const [program = '', ...words] = command
    this.#child = spawn(program, words, {
      ...options,
      // Ctrl-C in the server's terminal must not reach the run.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    })
    // oxlint-disable-next-line no-unsafe-type-assertion -- `pipe` makes a socket of descriptor 3
    this.#channel = this.#child.stdio[3] as Duplex
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#tail = (this.#tail + text).slice(-maxTail)
    })
    this.started = this.#follow()
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** The exit status and the end of standard error. */
  get ending(): NotStarted {
    return { exit: this.#child.exitCode, text: this.#tail }
  }

  get questions(): readonly OpenQuestion[] {
    return [...this.#questions.values()]
  }

  /** Calls `listener` when the open questions change and when the process ends. @returns Unsubscribes. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** @returns `false` if no question with this id is open. */
  answer(id: number, answer: unknown): boolean {
    if (!this.#questions.delete(id)) return false
    this.#channel.write(`${JSON.stringify({ id, answer })}\n`)
    this.#changed()
    return true
  }

  /** Same as Ctrl-C in a terminal: ends the running step and runs the clean-up. */
  stop(): void {
    this.#child.kill('SIGINT')
  }

  /** Lets this program end; the run goes on and nobody answers its questions. */
  leave(): void {
    this.#child.unref()
    this.#channel.destroy()
    this.#child.stderr?.destroy()
  }

  #follow(): Promise<{ readonly run: string } | NotStarted> {
    return new Promise((resolve) => {
      let unread = ''
      this.#channel.setEncoding('utf8').on('data', (text: string) => {
        const lines = (unread + text).split('\n')
        unread = lines.pop() ?? ''
        for (const line of lines) {
          const run = this.#take(fromProcess.parse(JSON.parse(line)))
          if (run !== undefined) resolve({ run })
        }
      })
      this.#channel.on('error', () => {})
      this.#child.on('error', (error) => {
        this.#tail += error.message
        this.#end()
        resolve({ exit: null, text: this.#tail })
      })
      this.#child.on('close', (exit) => {
        this.#end()
        resolve({ exit, text: this.#tail })
      })
    })
  }

  #take(message: FromProcess): string | undefined {
    if (message.kind === 'run') return message.run
    if (message.kind === 'question') this.#questions.set(message.id, message)
    else this.#questions.delete(message.id)
    this.#changed()
    return undefined
  }

  #end(): void {
    this.#isOver = true
    this.#questions.clear()
    this.#changed()
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}

const fromProcess = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), run: z.string() }),
  z.object({ kind: z.literal('question'), id: z.number(), question: z.unknown() }),
  z.object({ kind: z.literal('withdrawn'), id: z.number() }),
])

type FromProcess = z.infer<typeof fromProcess>
