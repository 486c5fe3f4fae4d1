/**
 * A run on disk: `.runbook/runs/ID/events.jsonl`, one event a line, private, append-only.
 *
 * What happened is with the operating system before anything else happens, so that a crash of ours
 * loses none of it, and on disk soon after each step. After a power failure the host says what had
 * begun there.
 */

import { appendFileSync } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, truncate } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { StampedEvent } from '../model/run-event.ts'
import { FullLog } from './full-log.ts'
import { JournalError } from './journal-error.ts'
import { releaseLock, takeLock } from './run-lock.ts'

/** Output of one command is kept whole up to this, beyond it head and tail. */
const headChars = 524_288
const tailChars = 524_288

export class Journal {
  readonly file: string
  readonly #handle: FileHandle
  readonly #long = new Map<string, LongOutput>()
  #syncing: Promise<void> | undefined
  #hasMore = false
  #failure: JournalError | undefined

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
    if (this.#failure) throw this.#failure
    if (event.kind === 'output') return this.#appendOutput(event)
    if ('step' in event) await this.#endOutputs(`${event.step} ${event.host} `)
    if (event.kind === 'run-ended') await this.#endOutputs('')
    this.#write(event)
    if (event.kind === 'step-ended') this.#syncSoon()
    if (event.kind === 'run-ended') await this.#syncNow()
  }

  async close(): Promise<void> {
    await this.#syncing
    await this.#handle.close()
    await releaseLock(dirname(this.file))
  }

  async #appendOutput(event: StampedEvent & { readonly kind: 'output' }): Promise<void> {
    const key = `${event.step} ${event.host} ${event.index} ${event.stream}`
    const long = this.#long.get(key) ?? {
      head: '',
      event,
      tail: '',
      dropped: false,
      log: undefined,
    }
    this.#long.set(key, long)
    const room = Math.max(0, headChars - long.head.length)
    const head = event.text.slice(0, room)
    if (head !== '') {
      long.head += head
      this.#write({ ...event, text: head })
    }
    const rest = event.text.slice(room)
    if (rest === '') return
    long.event = event
    long.log ??= await this.#openLog(event, long.head)
    await long.log.write(rest)
    long.tail += rest
    if (long.tail.length > 2 * tailChars) {
      long.tail = long.tail.slice(-tailChars)
      long.dropped = true
    }
  }

  async #openLog({ seq }: StampedEvent, head: string): Promise<FullLog> {
    const log = new FullLog(this.#logFile(seq))
    await log.write(head)
    return log
  }

  #logFile(seq: number): string {
    return join(dirname(this.file), `output-${seq}.log.gz`)
  }

  /** A command is over: the end of what it printed comes before what happens next to its step. */
  async #endOutputs(prefix: string): Promise<void> {
    for (const [key, long] of this.#long) {
      if (!key.startsWith(prefix)) continue
      this.#long.delete(key)
      if (!long.log) continue
      const text = long.tail.slice(-tailChars)
      const isCut = long.dropped || text.length < long.tail.length
      this.#write({ ...long.event, text, ...(isCut ? { truncated: true } : {}) })
      await this.#endLog(long.log)
    }
  }

  async #endLog(log: FullLog): Promise<void> {
    try {
      await log.end()
    } catch (error) {
      throw journalError(this.file, error)
    }
  }

  /** At once: a turn through the thread pool costs more than the write, and events are many. */
  #write(event: StampedEvent): void {
    try {
      appendFileSync(this.#handle.fd, `${JSON.stringify(event)}\n`)
    } catch (error) {
      throw journalError(this.file, error)
    }
  }

  /** Nobody waits for the disk between two steps; one that fails ends the run all the same. */
  #syncSoon(): void {
    this.#hasMore = true
    this.#syncing ??= this.#syncAll()
  }

  async #syncAll(): Promise<void> {
    while (this.#hasMore && !this.#failure) {
      this.#hasMore = false
      await this.#handle.datasync().catch((error: unknown) => {
        this.#failure = journalError(this.file, error)
      })
    }
    this.#syncing = undefined
  }

  async #syncNow(): Promise<void> {
    this.#syncSoon()
    await this.#syncing
    if (this.#failure) throw this.#failure
  }
}

interface LongOutput {
  /** What the journal has already. */
  head: string
  event: StampedEvent & { readonly kind: 'output' }
  tail: string
  dropped: boolean
  log: FullLog | undefined
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
