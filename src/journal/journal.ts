/**
 * A run on disk: `.runbook/runs/ID/events.jsonl`, one event a line, private, append-only.
 *
 * What a step did is on disk before the next one starts, so that a run that was cut off can be read
 * up to its last step.
 */

import { type FileHandle, mkdir, open, readFile, truncate } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { StampedEvent } from '../model/run-event.ts'
import { JournalError } from './journal-error.ts'
import { releaseLock, takeLock } from './run-lock.ts'

/** Output of one command is kept whole up to this, beyond it head and tail. */
const headBytes = 524_288
const tailBytes = 524_288

export class Journal {
  readonly file: string
  readonly #handle: FileHandle
  readonly #tails = new Map<string, Tail>()

  private constructor(file: string, handle: FileHandle) {
    this.file = file
    this.#handle = handle
  }

  /**
   * Opens the journal of a new run, or goes on with that of an old one. Only one program writes a
   * journal at a time.
   *
   * @throws {JournalError}
   */
  static async open(runsFolder: string, run: string, life: 'new' | 'resumed'): Promise<Journal> {
    const folder = join(runsFolder, run)
    const file = join(folder, 'events.jsonl')
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await takeLock(folder)
      if (life === 'resumed') await dropTornLine(file)
      return new Journal(file, await open(file, life === 'new' ? 'ax' : 'a', 0o600))
    } catch (error) {
      throw error instanceof JournalError ? error : journalError(file, error)
    }
  }

  /** @throws {JournalError} */
  async append(event: StampedEvent): Promise<void> {
    if (event.kind === 'output') return this.#appendOutput(event)
    if ('step' in event) await this.#flushTails(`${event.step} ${event.host} `)
    if (event.kind === 'run-ended') await this.#flushTails('')
    await this.#write(event)
    if (event.kind === 'step-started' || event.kind === 'step-ended' || event.kind === 'run-ended')
      await this.#sync()
  }

  async close(): Promise<void> {
    await this.#handle.close()
    await releaseLock(dirname(this.file))
  }

  async #appendOutput(event: StampedEvent & { readonly kind: 'output' }): Promise<void> {
    const key = `${event.step} ${event.host} ${event.index} ${event.stream}`
    const tail = this.#tails.get(key) ?? { written: 0, event: undefined, text: '', dropped: false }
    this.#tails.set(key, tail)
    const room = Math.max(0, headBytes - tail.written)
    const head = event.text.slice(0, room)
    if (head !== '') {
      tail.written += head.length
      await this.#write({ ...event, text: head })
    }
    const rest = event.text.slice(room)
    if (rest === '') return
    tail.event = event
    tail.text += rest
    if (tail.text.length > 2 * tailBytes) {
      tail.text = tail.text.slice(-tailBytes)
      tail.dropped = true
    }
  }

  /** A command is over: the end of what it printed comes before what happens next to its step. */
  async #flushTails(prefix: string): Promise<void> {
    for (const [key, tail] of this.#tails) {
      if (!key.startsWith(prefix)) continue
      await this.#flushTail(tail)
      this.#tails.delete(key)
    }
  }

  async #flushTail(tail: Tail): Promise<void> {
    if (!tail.event) return
    const text = tail.text.slice(-tailBytes)
    const isCut = tail.dropped || text.length < tail.text.length
    await this.#write({ ...tail.event, text, ...(isCut ? { truncated: true } : {}) })
    tail.event = undefined
    tail.text = ''
  }

  async #write(event: StampedEvent): Promise<void> {
    try {
      await this.#handle.appendFile(`${JSON.stringify(event)}\n`)
    } catch (error) {
      throw journalError(this.file, error)
    }
  }

  async #sync(): Promise<void> {
    try {
      await this.#handle.datasync()
    } catch (error) {
      throw journalError(this.file, error)
    }
  }
}

interface Tail {
  written: number
  event: (StampedEvent & { readonly kind: 'output' }) | undefined
  text: string
  dropped: boolean
}

/** What a cut-off run leaves at the end is no event: the next line must not be glued to it. */
async function dropTornLine(file: string): Promise<void> {
  const bytes = await readFile(file)
  const end = bytes.lastIndexOf(0x0a) + 1
  if (end < bytes.length) await truncate(file, end)
}

function journalError(file: string, cause: unknown): JournalError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new JournalError(`the journal cannot be written: ${file}: ${why}`, { cause })
}
