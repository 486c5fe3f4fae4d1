/**
 * A run on disk: `.runbook/runs/ID/events.jsonl`, one event a line, private, append-only.
 *
 * Each event is handed to the operating system before a host receives the next command, so a crash
 * of this program loses none. It is flushed to disk soon after. After a power failure, the host
 * knows which commands had begun.
 */

import { reasonOf } from '../diagnostic/reason-of.ts'
import { messages } from './messages.ts'
import { appendFileSync } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, truncate } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { StampedEvent } from '../model/run-event.ts'
import { KeptOutput } from '../run/kept-output.ts'
import { FullLog } from './full-log.ts'
import { JournalError } from './journal-error.ts'
import { releaseLock, takeLock } from './run-lock.ts'
import { TurnBatch } from './turn-batch.ts'

/** Flush interval: flushing after each step would slow down the next. */
const syncEveryMs = 100

export class Journal {
  readonly file: string
  /** Resolves if a write fails, which may be after `append` has returned. */
  readonly failed: Promise<void>
  readonly #handle: FileHandle
  readonly #long = new Map<string, LongOutput>()
  readonly #lines = new TurnBatch((lines) => this.#write(lines))
  #syncing: Promise<void> | undefined
  #syncTimer: NodeJS.Timeout | undefined
  #failure: JournalError | undefined
  #tellFailed: () => void = () => {}

  private constructor(file: string, handle: FileHandle) {
    this.file = file
    this.#handle = handle
    this.failed = new Promise((resolve) => {
      this.#tellFailed = resolve
    })
  }

  /**
   * Opens the journal of a new run, or continues an old one. Only one program writes a journal at a
   * time.
   *
   * @throws {JournalError}
   */
  static async open(runsFolder: string, run: string, life: 'new' | 'resumed'): Promise<Journal> {
    const folder = join(runsFolder, run)
    const file = join(folder, 'events.jsonl')
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await takeLock(folder)
    } catch (error) {
      throw error instanceof JournalError ? error : journalError(file, error)
    }
    try {
      if (life === 'resumed') await dropTornLine(file)
      return new Journal(file, await open(file, life === 'new' ? 'ax' : 'a', 0o600))
    } catch (error) {
      await releaseLock(folder)
      throw journalError(file, error)
    }
  }

  /**
   * Appends an event. Callers await it before they send a command; all earlier events are written
   * by then.
   *
   * @returns `undefined` if there is nothing to await, as for most events.
   * @throws {JournalError} Also for an earlier event.
   */
  append(event: StampedEvent): Promise<void> | undefined {
    this.#throwFailure()
    if (event.kind === 'output') return this.#appendOutput(event)
    const ended = this.#outputsEndedBy(event)
    if (ended.length > 0 || event.kind === 'run-ended') return this.#appendLast(event, ended)
    this.#add(event)
    if (event.kind === 'command-started') {
      this.#lines.flush()
      this.#throwFailure()
    }
    return undefined
  }

  async close(): Promise<void> {
    this.#lines.flush()
    clearTimeout(this.#syncTimer)
    await this.#syncing
    await this.#handle.close()
    await releaseLock(dirname(this.file))
  }

  #appendOutput(event: StampedEvent & { readonly kind: 'output' }): Promise<void> | undefined {
    const key = `${event.step} ${event.host} ${event.index} ${event.stream}`
    const first = { kept: new KeptOutput(), first: event.seq, event, log: undefined }
    const long = this.#long.get(key) ?? first
    this.#long.set(key, long)
    const { head, rest } = long.kept.push(event.text)
    if (head !== '' || rest === '') this.#add({ ...event, text: head })
    if (rest === '') return undefined
    long.event = event
    return this.#logRest(long, rest)
  }

  async #logRest(long: LongOutput, rest: string): Promise<void> {
    if (!long.log) {
      long.log = new FullLog(join(dirname(this.file), fullLogName(long.first)))
      await this.#logged(long.log.write(long.kept.head))
    }
    await this.#logged(long.log.write(rest))
  }

  /** A failed write of a log ends the run, as a failed event does. */
  async #logged(writing: Promise<void>): Promise<void> {
    try {
      await writing
    } catch (error) {
      this.#fail(error)
      this.#throwFailure()
    }
  }

  /** When a command ends, the rest of its output is written before the step's next event. */
  #outputsEndedBy(event: StampedEvent): readonly LongOutput[] {
    if (this.#long.size === 0) return []
    const prefix = 'step' in event ? `${event.step} ${event.host} ` : ''
    if (prefix === '' && event.kind !== 'run-ended') return []
    const ended = [...this.#long].filter(([key]) => key.startsWith(prefix))
    for (const [key] of ended) this.#long.delete(key)
    return ended.flatMap(([, long]) => (long.log ? [long] : []))
  }

  async #appendLast(event: StampedEvent, ended: readonly LongOutput[]): Promise<void> {
    for (const { event: last, kept, log } of ended) {
      if (!log) continue
      const cut = kept.truncated ? { truncated: true as const } : {}
      this.#add({ ...last, text: kept.tail, ...cut })
      await this.#logged(log.end())
    }
    this.#add(event)
    if (event.kind === 'run-ended') await this.#syncNow()
  }

  #add(event: StampedEvent): void {
    this.#lines.add(`${JSON.stringify(event)}\n`)
  }

  /** Synchronous: a trip through the thread pool costs more than the write. */
  #write(lines: string): void {
    try {
      appendFileSync(this.#handle.fd, lines)
    } catch (error) {
      this.#fail(error)
      return
    }
    this.#syncTimer ??= setTimeout(() => {
      this.#syncTimer = undefined
      this.#syncing = this.#sync(this.#syncing)
    }, syncEveryMs).unref()
  }

  /** Not awaited between steps; a failure still ends the run. */
  async #sync(before: Promise<void> | undefined): Promise<void> {
    await before
    try {
      await this.#handle.datasync()
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= journalError(this.file, error)
    this.#tellFailed()
  }

  async #syncNow(): Promise<void> {
    this.#lines.flush()
    clearTimeout(this.#syncTimer)
    await this.#sync(this.#syncing)
    this.#throwFailure()
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure
  }
}

/** @param first - The `seq` of the first `output` event of its command and stream. */
export function fullLogName(first: number): string {
  return `output-${first}.log.gz`
}

interface LongOutput {
  /** Its head is already in the journal; its tail is written when the command ends. */
  readonly kept: KeptOutput
  readonly first: number
  /** The latest event. */
  event: StampedEvent & { readonly kind: 'output' }
  /** Opened once the output exceeds the head. */
  log: FullLog | undefined
}

/** Removes an incomplete last line, so that the next event starts on its own line. */
async function dropTornLine(file: string): Promise<void> {
  const bytes = await readFile(file)
  const end = bytes.lastIndexOf(0x0a) + 1
  if (end < bytes.length) await truncate(file, end)
}

function journalError(file: string, cause: unknown): JournalError {
  return new JournalError(messages.unwritable(file, reasonOf(cause)), { cause })
}
