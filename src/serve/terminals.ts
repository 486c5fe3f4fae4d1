/** Shells that a person opened on hosts of a run, from a page. */

import { randomUUID } from 'node:crypto'
import { TerminalProcess, type TerminalSize } from './terminal-process.ts'

export interface TerminalsInput {
  /** The hosts of a run; `undefined` if no run of ours has this id. */
  readonly hostsOf: (run: string) => readonly string[] | undefined
  /** The command line that opens a shell on a host. */
  readonly shellCommand: (host: string) => readonly string[]
  readonly cwd: string
  readonly isReadOnly: boolean
}

/** A shell whose output nobody reads ends after this long. */
const unreadMs = 10_000

export class Terminals {
  readonly #input: TerminalsInput
  /** Nobody reads them yet. */
  readonly #open = new Map<string, TerminalProcess>()
  readonly #read = new Map<string, TerminalProcess>()

  constructor(input: TerminalsInput) {
    this.#input = input
  }

  /** @returns Its id; `undefined` unless the run is known and has the host. */
  open(run: string, host: string, size: TerminalSize): string | undefined {
    const { hostsOf, shellCommand, cwd, isReadOnly } = this.#input
    if (isReadOnly || hostsOf(run)?.includes(host) !== true) return undefined
    const id = randomUUID()
    const terminal = new TerminalProcess(shellCommand(host), cwd, size)
    this.#open.set(id, terminal)
    setTimeout(() => {
      if (this.#open.delete(id)) terminal.close()
    }, unreadMs).unref()
    return id
  }

  /** Its output, to be read once. */
  read(id: string): AsyncIterable<Uint8Array> | undefined {
    const terminal = this.#open.get(id)
    if (!terminal || this.#read.has(id)) return undefined
    this.#open.delete(id)
    this.#read.set(id, terminal)
    return terminal.output()
  }

  /** Ends a terminal whose reader has left. */
  end(id: string): void {
    this.#read.get(id)?.close()
    this.#read.delete(id)
  }

  /** @returns `false` if there is no such terminal. */
  type(id: string, bytes: Uint8Array): boolean {
    const terminal = this.#read.get(id)
    if (!terminal || terminal.isOver) return false
    terminal.type(bytes)
    return true
  }

  close(): void {
    for (const terminal of [...this.#open.values(), ...this.#read.values()]) terminal.close()
  }
}
