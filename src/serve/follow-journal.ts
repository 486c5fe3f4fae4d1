/** Follows a run's journal: yields its lines from a given event on, as they are written. */

import { type FSWatcher, watch } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import * as z from 'zod/mini'

/** Polling interval for file systems that report no changes. */
const lookEveryMs = 500
const chunk = 256 * 1024

export interface FollowOptions {
  /** The `seq` of the first event to yield. */
  readonly from: number
  readonly signal: AbortSignal
  /** Whether no program writes the journal any more. Called before each read. */
  readonly isOver: () => Promise<boolean>
}

/**
 * @param file - `events.jsonl`; lines are yielded unparsed.
 * @throws If the file cannot be read.
 */
export async function* followJournal(
  file: string,
  { from, signal, isOver }: FollowOptions,
): AsyncGenerator<string> {
  const handle = await open(file, 'r')
  const changes = new Changes(file)
  try {
    let at = 0
    let unread = Buffer.alloc(0)
    let isBefore = true
    while (!signal.aborted) {
      const wasOver = await isOver()
      const read = await readAll(handle, at)
      at += read.length
      unread = Buffer.concat([unread, read])
      const end = unread.lastIndexOf(10) + 1
      for (const line of unread.subarray(0, end).toString().split('\n')) {
        if (line === '' || (isBefore && seqOf(line) < from)) continue
        isBefore = false
        yield line
      }
      unread = unread.subarray(end)
      if (read.length > 0) continue
      if (wasOver) return
      await changes.next(signal)
    }
  } finally {
    changes.close()
    await handle.close()
  }
}

/** A journal lacks the numbers of outputs that only a log beside it has, so lines cannot be counted. */
function seqOf(line: string): number {
  return seqShape.parse(JSON.parse(line)).seq
}

const seqShape = z.object({ seq: z.number() })

async function readAll(handle: FileHandle, from: number): Promise<Buffer> {
  const buffer = Buffer.alloc(chunk)
  const { bytesRead } = await handle.read(buffer, 0, chunk, from)
  return buffer.subarray(0, bytesRead)
}

class Changes {
  readonly #watcher: FSWatcher
  #wake: () => void = () => {}
  #hasChanged = false

  constructor(file: string) {
    this.#watcher = watch(file, { persistent: false }, () => {
      this.#hasChanged = true
      this.#wake()
    })
    this.#watcher.on('error', () => {})
  }

  async next(signal: AbortSignal): Promise<void> {
    if (!this.#hasChanged && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, lookEveryMs)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
        signal.addEventListener('abort', this.#wake, { once: true })
      })
    }
    this.#hasChanged = false
  }

  close(): void {
    this.#watcher.close()
  }
}
